import { tellAll, type Notice } from "#domain/evidence/notice/notice.ts";
import type { NotTaken } from "#domain/base/form/outcome.ts";
import { randomUUID } from "node:crypto";
import type { Actor } from "#domain/access/permission/permission.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { clearedByOf } from "#domain/registers/clear-down/clear-chat.ts";
import { confirmProblems, type SentClearDown } from "#domain/registers/clear-down/confirm.ts";
import { eventBy, type EvidenceEvent, type EvidenceEventName } from "#domain/evidence/journal/event.ts";
import type { HoldAnswer, StandingHold } from "#domain/registers/hold/hold.ts";
import { clock } from "#server/base/clock.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase, type Tx } from "#server/base/db/database.ts";
import { untilUnique } from "#server/base/db/until-unique.ts";
import { listPeopleWithRole } from "#server/access/identity/queries.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { holdsOnDeletion } from "#server/registers/hold/deletion-queries.ts";
import * as repository from "./repository.ts";
import { roleIn, dueClearDownsOf, WHOLE_GROUP } from "./schedule-rules.ts";
import type { Ledger } from "./ledger-queries.ts";

export type ClearDownResult =
  | { code: "cleared" }
  /** A hold stands: nothing may be deleted, and nothing was recorded as deleted. */
  | { code: "held"; holds: readonly StandingHold[] }
  /** They know of a request, or are in doubt: the governance officers were notified. */
  | { code: "stopped" }
  /** Somebody else confirmed it, or nothing is due any more. */
  | { code: "too-late"; by: string | null }
  | NotTaken;

/**
 * Records that messages were cleared, including earlier periods that were missed: by an administrator for the group, or
 * by a sender for themselves, depending on the policy. Nothing is recorded as cleared under a hold, or if somebody
 * knows of a request or is in doubt. Holds and clear-downs share a lock, so that none is recorded after a hold was
 * placed.
 */
export async function confirmClearDown(actor: Actor, reference: string, sent: SentClearDown): Promise<ClearDownResult> {
  const asked = await findToClear(actor, reference);
  if (!asked) return { code: "not-found" };
  const isForGroup = asked.clearedFor === WHOLE_GROUP;
  const problems = confirmProblems(sent, isForGroup);
  if (problems.length > 0 || sent.holdAnswer === null) return { code: "invalid", problems };
  const { group, clearedFor } = asked;
  const { dueOn, holdAnswer } = sent;
  const recordsMovedTo = sent.records === "moved" ? sent.recordsMovedTo : "";
  const at = clock.now();
  if (holdAnswer !== "none") return stopForDoubt(actor, asked, { dueOn, cause: holdAnswer, at });
  return untilUnique("ClearDown", () =>
    transact(async (tx): Promise<Change<ClearDownResult>> => {
      const holds = await holdsOnDeletion(tx, actor, group.id);
      const taken = await whoCleared(tx, actor, asked, sent);
      if (taken) return { result: taken, evidence: [] };
      if (holds.length > 0) {
        const stopped = await writeNotCleared(tx, actor, asked, dueOn, holds, at);
        return { result: { code: "held", holds }, evidence: stopped };
      }
      if (!(await isOpen(tx, asked, dueOn, at))) return { result: { code: "too-late", by: null }, evidence: [] };
      const ofEverybody = isForGroup ? sent.copies === "everybody" : null;
      const row = { id: randomUUID(), groupId: group.id, dueOn, clearedFor, recordsMovedTo, ofEverybody };
      await repository.insertClearDown(tx, { ...row, confirmedById: actor.personId, confirmedAt: at });
      const data = { dueOn, for: clearedFor, hadRecords: recordsMovedTo !== "", holdAnswer, ofEverybody };
      const event = eventOn(actor, group, at, "clear-down.confirmed", data, { recordsMovedTo });
      return { result: { code: "cleared" }, evidence: [event] };
    }),
  );
}

/**
 * Takes the answer given before clearing anything. Somebody who knows of no request goes on, and the answer is recorded
 * when they confirm. If they know of one or are in doubt, it is recorded now and the governance officers are notified.
 */
export async function answerHoldCheck(
  actor: Actor,
  reference: string,
  dueOn: string,
  answer: HoldAnswer | null,
): Promise<ClearDownResult | { code: "go-on" }> {
  const asked = await findToClear(actor, reference);
  if (!asked) return { code: "not-found" };
  if (answer === "none") return { code: "go-on" };
  return confirmClearDown(actor, reference, {
    dueOn,
    records: null,
    recordsMovedTo: "",
    holdAnswer: answer,
    copies: null,
  });
}

/**
 * Records that messages were not cleared because of the holds that stand on them. Without a hold there is nothing to
 * record.
 */
export async function recordNotCleared(actor: Actor, reference: string, dueOn: string): Promise<ClearDownResult> {
  const asked = await findToClear(actor, reference);
  if (!asked) return { code: "not-found" };
  const at = clock.now();
  return transact(async (tx): Promise<Change<ClearDownResult>> => {
    const holds = await holdsOnDeletion(tx, actor, asked.group.id);
    const isDue = await isOpen(tx, asked, dueOn, at);
    if (holds.length === 0 || !isDue) return { result: { code: "too-late", by: null }, evidence: [] };
    return { result: { code: "held", holds }, evidence: await writeNotCleared(tx, actor, asked, dueOn, holds, at) };
  });
}

interface Asked {
  group: repository.GroupToClear;
  /** The whole group, or the actor who cleared their own messages. */
  clearedFor: string;
}

async function findToClear(actor: Actor, reference: string): Promise<Asked | null> {
  const group = await repository.findGroupToClear(getDatabase(), actor.body, reference);
  const role = group && roleIn(group, actor.personId);
  if (!group || !role) return null;
  const isBySender = clearedByOf((await loadContent()).clearChat, group) === "sender";
  if (!isBySender && role === "member") return null;
  return { group, clearedFor: isBySender ? actor.personId : WHOLE_GROUP };
}

/** Whether a period of the group has ended by now and is not cleared. */
async function isOpen(tx: Tx, asked: Asked, dueOn: string, at: Date): Promise<boolean> {
  // Read again, because it may have been closed or its rule changed since the page was shown.
  const group = await repository.findGroupToClear(tx, asked.group.body, asked.group.reference);
  if (!group) return false;
  const last = (await repository.listLastCleared(tx, [group.id])).get(group.id)?.get(asked.clearedFor) ?? "";
  const of = { clearedFor: asked.clearedFor, last, holds: [], today: calendarDay(at) };
  return dueClearDownsOf(group, (await loadContent()).clearChat, of).open.some((period) => period.dueOn === dueOn);
}

/** Who was quicker; the same form sent twice is not too late. */
async function whoCleared(
  tx: Tx,
  { personId }: Actor,
  { group, clearedFor }: Asked,
  { dueOn, records, recordsMovedTo }: SentClearDown,
): Promise<ClearDownResult | null> {
  const all = await repository.listClearDowns(tx, group.id);
  const found = all.find((one) => one.clearedFor === clearedFor && one.dueOn >= dueOn);
  if (!found) return null;
  const isSame =
    found.confirmedBy.id === personId && found.recordsMovedTo === (records === "moved" ? recordsMovedTo : "");
  return isSame ? { code: "cleared" } : { code: "too-late", by: found.confirmedBy.name };
}

/** @returns evidence for the journal: none if it was recorded before */
async function writeNotCleared(
  tx: Tx,
  actor: Actor,
  { group, clearedFor }: Asked,
  dueOn: string,
  holds: readonly StandingHold[],
  at: Date,
): Promise<EvidenceEvent[]> {
  const head = { groupId: group.id, dueOn, clearedFor, stoppedById: actor.personId, stoppedAt: at };
  const count = await repository.insertStops(
    tx,
    holds.map(({ reference }) => ({ ...head, cause: reference })),
  );
  const causes = holds.map(({ reference }) => reference).join(" ");
  return count === 0
    ? []
    : [eventOn(actor, group, at, "clear-down.stopped", { dueOn, for: clearedFor, cause: causes })];
}

const stopForDoubt = async (
  actor: Actor,
  { group, clearedFor }: Asked,
  { dueOn, cause, at }: { dueOn: string; cause: "known" | "unsure"; at: Date },
): Promise<ClearDownResult> =>
  transact(async (tx): Promise<Change<ClearDownResult>> => {
    if (!(await isOpen(tx, { group, clearedFor }, dueOn, at)))
      return { result: { code: "too-late", by: null }, evidence: [] };
    const row = { groupId: group.id, dueOn, cause, clearedFor, stoppedById: actor.personId, stoppedAt: at };
    if ((await repository.insertStops(tx, [row])) === 0) return { result: { code: "stopped" }, evidence: [] };
    const officers = (await listPeopleWithRole(tx, group.body, "governance-officer")).map(({ id }) => id);
    const event = eventOn(actor, group, at, "clear-down.stopped", { dueOn, for: clearedFor, cause });
    return { result: { code: "stopped" }, evidence: [event], notices: tellAll(officers, doubt(actor, group)) };
  });

const doubt = (actor: Actor, { body, reference, name }: repository.GroupToClear): Omit<Notice, "to"> => ({
  body,
  kind: "hold-doubt",
  href: `/groups/${reference}/clear-downs`,
  subject: `Should messages of ${reference} be kept?`,
  paragraphs: [
    `${actor.name} was asked whether anybody has requested the messages of “${name}”, and did not say no. They have deleted nothing.`,
    "Ask them what they know. Place a hold, or tell them that they may clear the chat.",
  ],
});

const eventOn = (
  actor: Actor,
  { reference, policy, version, hash }: repository.GroupToClear,
  at: Date,
  event: EvidenceEventName,
  data: EvidenceEvent["data"],
  detail?: EvidenceEvent["detail"],
): EvidenceEvent => eventBy(actor, at, event, reference, { on: { policy, version, hash }, data, detail });

/**
 * Records that a ledger was read, or saved as a file, to answer somebody outside. For administrators of the group only
 * the file counts, since they look at their own group's ledger as part of their tasks.
 * @param ledger as returned to the actor by `getLedger`
 */
export async function recordLedgerUse(
  actor: Actor,
  { group: { reference }, entries, isOverseen }: Ledger,
  use: "read" | "exported",
): Promise<void> {
  if (use === "read" && !isOverseen) return;
  const data = { from: entries[0]?.period.dueOn ?? null, to: entries.at(-1)?.period.dueOn ?? null };
  const event = eventBy(actor, clock.now(), `disposal-ledger.${use}`, reference, { data });
  await transact(() => Promise.resolve({ result: undefined, evidence: [event] }));
}
