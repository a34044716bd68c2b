import { endByMaker, END_REASONS, type EndReason, isPersonal } from "#domain/access/api-token/api-token.ts";
import type { ChangedBy } from "#domain/access/identity/person.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import type { Notice } from "#domain/evidence/notice/notice.ts";
import type { Tx } from "#server/base/db/database.ts";
import { listPeopleWithRole } from "#server/access/identity/queries.ts";
import { listHolding, writeEnded, type TokenRecord } from "./repository.ts";

/**
 * Ends the tokens of a body that change people and whose maker has left or lost the role, and people's own when they
 * leave. To be called after a change to people, in the same transaction. A token that has ended stays ended, even if its
 * maker comes back.
 * @returns evidence for the journal, and notices
 */
export async function endTokensOfFormerMakers(tx: Tx, body: string, { by, at }: ChangedBy) {
  const evidence: EvidenceEvent[] = [];
  const notices: Notice[] = [];
  for (const token of await listHolding(tx, { body })) {
    const reason = endByMaker(token, token.madeBy, calendarDay(at));
    if (reason === null || !(await writeEnded(tx, token.id, { endedAt: at, endReason: reason }))) continue;
    const { reference, madeBy } = token;
    evidence.push({
      body,
      event: "api-token.ended",
      at,
      actor: by,
      subject: reference,
      data: { reason, madeBy: madeBy.id },
    });
    if (!isPersonal(token)) notices.push(...(await tellOfEnd(tx, token, reason)));
  }
  return { evidence, notices };
}

async function tellOfEnd(tx: Tx, { body, reference, name }: TokenRecord, reason: EndReason): Promise<Notice[]> {
  const administrators = await listPeopleWithRole(tx, body, "administrator");
  return administrators.map(({ id: to }) => ({
    body,
    to,
    kind: "api-token-ended" as const,
    href: `/admin/tokens/${reference}`,
    subject: `The token for ${name} has ended`,
    paragraphs: [
      `${END_REASONS[reason]}, so ${reference} is no longer valid. From now on the directory is not kept up to date by the program, and nobody who leaves there is signed out here.`,
      "Make the next token, and enter it in the program.",
    ],
  }));
}
