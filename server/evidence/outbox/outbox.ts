import { randomUUID } from "node:crypto";
import { noticeMail } from "#domain/evidence/outbox/render.ts";
import type { MailContent } from "#domain/evidence/outbox/content.ts";
import type { Notice } from "#domain/evidence/notice/notice.ts";
import type { Tx } from "#server/base/db/database.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { insertMails } from "./repository.ts";

// Writes into the outbox, inside the transaction of the cause. server/evidence/outbox/deliver.ts sends.

/**
 * Puts a mail for each of these notices into the outbox, or two if one also goes to another address.
 * @param at when they were caused
 */
export async function queueNoticeMails(tx: Tx, notices: readonly (Notice & { id: string })[], at: Date): Promise<void> {
  await insertMails(
    tx,
    notices.flatMap((notice) =>
      [null, ...(notice.alsoTo === undefined ? [] : [notice.alsoTo])].map((address) => ({
        messageId: makeMessageId(),
        body: notice.body,
        personId: notice.to,
        cause: { noticeId: notice.id },
        address,
        content: noticeMail(notice),
        createdAt: at,
      })),
    ),
  );
}

export interface NewDigest {
  body: string;
  personId: string;
  day: string;
  content: MailContent;
}

/** Puts digests into the outbox. */
export async function queueDigests(tx: Tx, digests: readonly NewDigest[], at: Date): Promise<void> {
  await insertMails(
    tx,
    digests.map(({ body, personId, day, content }) => ({
      messageId: makeMessageId(),
      body,
      personId,
      address: null,
      cause: { digestDay: day },
      content,
      createdAt: at,
    })),
  );
}

/** Generated once and stored, so that a mail sent twice can be recognised. */
export const makeMessageId = (): string => `<${randomUUID()}@${new URL(getEnv().appUrl).hostname}>`;
