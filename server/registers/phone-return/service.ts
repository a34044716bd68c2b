import { eventBy, type EvidenceEvent } from "#domain/evidence/journal/event.ts";
import type { Refused, Started } from "#domain/base/form/outcome.ts";
import { startEntry } from "#server/registers/entry/effects.ts";
import { randomUUID } from "node:crypto";
import { type Actor, may } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { dayOf, textProblems, type TypedDate } from "#domain/base/form/form-values.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import type { Notice } from "#domain/evidence/notice/notice.ts";
import {
  LONGEST_MOVED,
  phoneReturnState,
  phoneReturnProblems,
  statementProblems,
  unansweredHolds,
  type PhoneReturnReason,
  type PhoneReturnStepName,
  type Statement,
} from "#domain/registers/phone-return/phone-return.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase, type Tx } from "#server/base/db/database.ts";
import { findOnePerson, getManagerIdOf } from "#server/people/directory/queries.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { holdsOnDeletion } from "#server/registers/hold/deletion-queries.ts";
import { readCheckers } from "./checker-rules.ts";
import { toCheck } from "./effects.ts";
import * as repository from "./repository.ts";

type PhoneReturnResult = Started<"done"> | Refused;

const NOT_FOUND = { code: "not-found" } as const;

/** What the form sent. */
export interface SentPhoneReturn {
  /** Made by the page, so that sending its form twice starts one. */
  startKey: string;
  /** Name or work e-mail address of whose phone it is; "" for one's own. */
  person: string;
  reason: PhoneReturnReason | null;
  dueOn: TypedDate;
}

/** Says that a phone goes: by its user, their line manager, or a governance officer. Whoever else it concerns is told. */
export async function startPhoneReturn(actor: Actor, sent: SentPhoneReturn): Promise<PhoneReturnResult> {
  const at = clock.now();
  const today = calendarDay(at);
  const own = { id: actor.personId, name: actor.name };
  const who = sent.person === "" ? own : await findOnePerson(actor, sent.person);
  const problems = [
    ...("message" in who ? [{ field: "person", message: who.message }] : []),
    ...phoneReturnProblems(sent, { today, last: addDays(today, 366) }),
  ];
  const dueOn = dayOf(sent.dueOn);
  const { startKey, reason } = sent;
  if (problems.length > 0 || "message" in who || reason === null || dueOn === null)
    return { code: "invalid", problems };
  const { body, personId } = actor;
  const managerId = await getManagerIdOf(who.id, getDatabase());
  if (!may(actor, "phone-return.start", { body, ownerId: who.id, managerId }))
    return { code: "invalid", problems: [{ field: "person", message: NOT_YOURS }] };
  return startEntry("PHR", { personId: who.id, startKey }, { code: "done" }, async (tx, entry) => {
    const { reference } = entry;
    const head = { ...entry, body, personId: who.id, startedById: personId };
    await repository.insertPhoneReturn(tx, { ...head, reason, dueOn, startedAt: at });
    const started = await repository.findPhoneReturn(tx, body, reference);
    const data = { person: who.id, reason, dueOn };
    const evidence = await step(tx, { ...head, at }, actor, "started", { data });
    const notices: Notice[] =
      started === null || who.id === personId ? [] : [{ ...answered(started, who.id), subject: ASKED_OF_YOU }];
    return { evidence: [evidence], notices };
  });
}

const NOT_YOURS =
  "You can do this for yourself and for the people you manage. Ask their line manager or a governance officer.";
const ASKED_OF_YOU = "Your phone goes: say what you moved from it to the record";

/**
 * Says what was moved to the record, and where what is under a hold was copied to: by the phone's user, whoever started
 * it, or whoever checks. It can be said again until it is checked; what was said before stays in the history.
 */
export const statePhoneReturn = async (actor: Actor, reference: string, sent: Statement & { revision: number }) =>
  change(actor, reference, sent.revision, async (tx, found, checkers, at) => {
    const isChecker = checkers.includes(actor.personId);
    if (!isChecker && ![found.personId, found.startedById].includes(actor.personId)) return { result: NOT_FOUND };
    const problems = statementProblems(sent, false);
    if (problems.length > 0) return { result: { code: "invalid", problems } };
    const { moved, heldCopied } = sent;
    await repository.updatePhoneReturn(tx, found.id, { moved, heldCopied: heldCopied || null, statedAt: at });
    const detail = heldCopied === "" ? moved : `${moved}\nUnder a hold, copied to: ${heldCopied}`;
    const to = found.statedAt ? [] : checkers.filter((id) => id !== actor.personId);
    return {
      evidence: [await step(tx, { ...found, at }, actor, "stated", { detail, data: { hasCopy: heldCopied !== "" } })],
      notices: to.map((id) => toCheck(found.body, id, found.reference, found.person.name)),
    };
  });

/**
 * Checks what was said, after which the phone may go. While a hold concerns its user, it may not before it is said where
 * what the hold needs was copied to; a hold that was placed since then is asked about again.
 */
export const checkPhoneReturn = async (
  actor: Actor,
  reference: string,
  { revision, note }: { revision: number; note: string },
): Promise<PhoneReturnResult> =>
  change(actor, reference, revision, async (tx, found, checkers, at) => {
    if (!checkers.includes(actor.personId)) return { result: NOT_FOUND };
    const problems = textProblems("note", note, "Say what you looked at.", LONGEST_MOVED);
    if (problems.length > 0) return { result: { code: "invalid", problems } };
    if (!found.statedAt) return { result: { code: "refused", message: "First say what was moved from the phone." } };
    const holds = await holdsOnDeletion(tx, { body: found.body, personId: found.personId }, null);
    const names = (some: typeof holds) => some.map((hold) => hold.reference).join(" ");
    const stopping = unansweredHolds(holds, found);
    if (stopping.length > 0) {
      const message = `The phone must stay: ${names(stopping)} needs what is on it. Copy that first, and say where it is.`;
      const stopped = await step(tx, { ...found, at }, actor, "stopped", { data: { holds: names(stopping) } });
      const notice = {
        ...answered(found, found.personId),
        subject: "Your phone must stay: a hold needs what is on it",
      };
      return { result: { code: "refused", message }, evidence: [stopped], notices: [notice] };
    }
    await repository.updatePhoneReturn(tx, found.id, { checkedAt: at, checkedById: actor.personId });
    const data = { holds: names(holds) || null };
    return {
      evidence: [await step(tx, { ...found, at }, actor, "checked", { detail: note, data })],
      notices: [{ ...answered(found, found.personId), subject: "Your phone may go: what you moved was checked" }],
    };
  });

/** Says why the phone stays after all, or that there is none: by its user, whoever started it, or whoever checks. */
export const cancelPhoneReturn = async (
  actor: Actor,
  reference: string,
  { revision, reason }: { revision: number; reason: string },
): Promise<PhoneReturnResult> =>
  change(actor, reference, revision, async (tx, found, checkers, at) => {
    const involved = [...checkers, found.personId, found.startedById];
    if (!involved.includes(actor.personId)) return { result: NOT_FOUND };
    const problems = textProblems("reason", reason, "Say why it stays, or that there is none.", LONGEST_MOVED);
    if (problems.length > 0) return { result: { code: "invalid", problems } };
    await repository.updatePhoneReturn(tx, found.id, { cancelledAt: at });
    return {
      evidence: [await step(tx, { ...found, at }, actor, "cancelled", { detail: reason })],
      notices: [{ ...answered(found, found.personId), subject: "Your phone return was cancelled" }],
    };
  });

interface Outcome {
  result?: PhoneReturnResult;
  evidence?: EvidenceEvent[];
  notices?: Notice[];
}

/** Changes an open return under its lock. @param seen the revision that was shown */
async function change(
  actor: Actor,
  typed: string,
  seen: number,
  act: (tx: Tx, found: repository.PhoneReturnRecord, checkers: readonly string[], at: Date) => Promise<Outcome>,
): Promise<PhoneReturnResult> {
  const reference = parseReference("PHR", typed);
  if (!reference) return NOT_FOUND;
  const at = clock.now();
  return transact(async (tx): Promise<Change<PhoneReturnResult>> => {
    const found = await repository.lockPhoneReturn(tx, actor.body, reference);
    if (!found) return { result: NOT_FOUND, evidence: [] };
    const checkers = (await readCheckers(tx, actor.body))(found).map(({ id }) => id);
    const isInvolved = [...checkers, found.personId, found.startedById].includes(actor.personId);
    const state = phoneReturnState(found);
    const isStale = seen !== found.revision || state === "checked" || state === "cancelled";
    if (isInvolved && isStale) return { result: { code: "refused", message: CHANGED }, evidence: [] };
    const { result = { code: "done", reference }, evidence = [], notices = [] } = await act(tx, found, checkers, at);
    return { result, evidence, notices: notices.filter(({ to }) => to !== actor.personId) };
  });
}

const CHANGED = "Somebody has changed this since you opened it. Read it as it is now, then send yours again.";

/** Writes a step into the history. @returns the same for the journal */
async function step(
  tx: Tx,
  { id: returnId, reference, at }: Pick<repository.PhoneReturnRecord, "id" | "reference"> & { at: Date },
  actor: Actor,
  name: PhoneReturnStepName,
  { detail, data }: { detail?: string; data?: EvidenceEvent["data"] } = {},
): Promise<EvidenceEvent> {
  await repository.insertPhoneReturnStep(tx, {
    id: randomUUID(),
    returnId,
    at,
    personId: actor.personId,
    step: name,
    detail: detail ?? (typeof data?.["holds"] === "string" ? data["holds"] : null),
  });
  return eventBy(actor, at, `phone-return.${name}`, reference, { data, ...(detail && { detail: { said: detail } }) });
}

const answered = ({ body, reference }: repository.PhoneReturnRecord, to: string) => ({
  body,
  to,
  kind: "phone-return-answered" as const,
  href: `/phone-returns/${reference}`,
  paragraphs: [`Reference ${reference}.`],
});
