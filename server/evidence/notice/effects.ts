import { randomUUID } from "node:crypto";
import { isUrgent, type Notice } from "#domain/evidence/notice/notice.ts";
import type { Tx } from "#server/base/db/database.ts";
import { queueNoticeMails } from "#server/evidence/outbox/outbox.ts";
import { insertNotices } from "./repository.ts";

/**
 * Writes notices in the transaction of their cause; called only by `transact`. Urgent ones also go into the outbox, the
 * others wait for the digest.
 * @returns whether a mail has to be sent at once
 */
export async function writeNotices(tx: Tx, notices: readonly Notice[], at: Date) {
  const written = notices.map((notice) => ({ ...notice, id: randomUUID() }));
  await insertNotices(
    tx,
    written.map((notice) => ({ ...notice, passedOnAt: isUrgent(notice) ? at : null })),
    at,
  );
  const urgent = written.filter(isUrgent);
  await queueNoticeMails(tx, urgent, at);
  return urgent.length > 0;
}
