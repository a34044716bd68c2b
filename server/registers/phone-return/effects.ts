import { eventBy, PORTAL_ACTOR, type EvidenceEvent } from "#domain/evidence/journal/event.ts";
import { randomUUID } from "node:crypto";
import type { Notice } from "#domain/evidence/notice/notice.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import type { ChangedBy } from "#domain/access/identity/person.ts";
import type { PersonListener } from "#server/base/connections.ts";
import type { Tx } from "#server/base/db/database.ts";
import { makeReference } from "#server/base/make-reference.ts";
import { listPeopleInGroups } from "#server/registers/group/effects.ts";
import { holdEverythingConcerned, listHoldsOnDeletion } from "#server/registers/hold/deletion-queries.ts";
import { readCheckers } from "./checker-rules.ts";
import { findPhoneReturn, insertPhoneReturn, insertPhoneReturnStep, listOpenFor, listOpenOf } from "./repository.ts";

/**
 * When somebody leaves who is or was asked into a chat group, or whom a hold concerns: whoever checks is asked to see to
 * their phone before it goes. One that was started already stays.
 */
export async function askForLeaversPhone(
  tx: Tx,
  { body, personId }: { body: string; personId: string },
  { by, at, reason }: ChangedBy & { reason: "left" | "changed-role" },
): Promise<{ evidence: EvidenceEvent[]; notices: Notice[]; groups: number }> {
  const none = { evidence: [], notices: [], groups: 0 };
  if (reason !== "left" || (await listOpenOf(tx, body, personId)).length > 0) return none;
  const isInGroup = (await listPeopleInGroups(tx, body, [personId])).size > 0;
  if (!isInGroup && (await listHoldsOnDeletion({ body, personId }, null, [], tx)).length === 0) return none;
  const reference = makeReference("PHR");
  const id = randomUUID();
  const head = { id, reference, body, personId, startKey: id, reason: "leaving" as const };
  await insertPhoneReturn(tx, { ...head, dueOn: calendarDay(at), startedAt: at });
  await insertPhoneReturnStep(tx, { id: randomUUID(), returnId: id, at, step: "started" });
  const started = await findPhoneReturn(tx, body, reference);
  const checkers = started ? (await readCheckers(tx, body))(started) : [];
  const data = { person: personId, reason: "leaving" };
  return {
    groups: 0,
    evidence: [eventBy({ body, personId: by ?? PORTAL_ACTOR }, at, "phone-return.started", reference, { data })],
    notices: checkers.map(({ id: to }) => toCheck(body, to, reference, started?.person.name ?? "")),
  };
}

/** Tells who checks now the phones of those whom somebody manages who is not there. */
async function passChecksOn(tx: Tx, { body, personId }: { body: string; personId: string }): Promise<Notice[]> {
  const open = await listOpenFor(tx, body, [], true);
  const theirs = open.filter(({ person: { manager, team } }) => [manager?.id, team?.manager?.id].includes(personId));
  if (theirs.length === 0) return [];
  const checkersOf = await readCheckers(tx, body);
  return theirs
    .filter(({ statedAt, person }) => statedAt !== null || person.status === "left")
    .flatMap((one) =>
      checkersOf(one)
        .filter(({ id }) => id !== personId)
        .map(({ id }) => toCheck(body, id, one.reference, one.person.name)),
    );
}

/** When a line manager leaves, the phones that they were to check are checked by others. */
export const handOverPhoneChecks: Required<PersonListener>["onLeaving"] = async (tx, person, { reason }) => ({
  evidence: [],
  notices: reason === "left" ? await passChecksOn(tx, person) : [],
  groups: 0,
});

/** The same while a line manager is away for long. */
export const tellInPlaceOfChecker: Required<PersonListener>["onAway"] = async (tx, person) => ({
  evidence: [],
  notices: await passChecksOn(tx, person),
});

/** Ids of those whom a hold concerns: their phone is asked for, too, when a list says that many have left. */
export async function listPeopleWithHeldPhones(tx: Tx, body: string, among?: readonly string[]) {
  const { isEverything, people } = await holdEverythingConcerned(tx, body);
  return new Set(isEverything ? [...people, ...(among ?? [])] : people);
}

/** Tells whoever checks that a phone goes. */
export const toCheck = (body: string, to: string, reference: string, name: string): Notice => ({
  body,
  to,
  kind: "phone-return-to-check",
  href: `/phone-returns/${reference}`,
  subject: `The phone of ${name} goes: check what was moved from it`,
  paragraphs: ["Messages of value go to the record first, and nothing goes that a hold needs."],
});
