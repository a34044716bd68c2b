import type { Asked } from "#domain/base/list/page.ts";
import { registerOver, type RowOf } from "#server/base/db/list-page.ts";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import { clearedByOf, type ClearChat } from "#domain/registers/clear-down/clear-chat.ts";
import { callLevel, nextPeriod, ruleInWords } from "#domain/registers/clear-down/period.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { daysOff } from "#server/base/calendar/days-off.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { holdTimesOnGroups } from "#server/registers/hold/queries.ts";
import { getOwnBody } from "#server/policy/policy/queries.ts";
import {
  clearDownList,
  findGroupToClear,
  listConfirmedBy,
  listLastCleared,
  listStopsOf,
  type GroupToClear,
} from "./repository.ts";
import { currentMembers, roleIn, dueClearDownsOf, scheduleOf, WHOLE_GROUP } from "./schedule-rules.ts";

/**
 * The clear-downs of a group; null if there is no such group, it is not approved, or the actor is neither in it nor
 * oversees groups.
 */
export async function getClearDowns(actor: Actor, typed: string) {
  const reference = parseReference("GRP", typed);
  const tx = getDatabase();
  const group = reference && (await findGroupToClear(tx, actor.body, reference));
  const body = await getOwnBody(actor);
  if (!group || !body) return null;
  const role = roleIn(group, actor.personId);
  const oversees = can(actor, "clear-down.oversee", group);
  if (!role && !oversees) return null;
  const { clearChat } = await loadContent();
  const by = clearedByOf(clearChat, group);
  const isInCharge = role === "administrator" || role === "deputy";
  const [lasts, holdsOf, stops] = await Promise.all([
    listLastCleared(tx, [group.id]),
    holdTimesOnGroups(actor.body, tx),
    listStopsOf(tx, [group.id]),
  ]);
  const last = lasts.get(group.id) ?? new Map<string, string>();
  const today = clock.today();
  const holds = holdsOf(group.id);
  const standing = (clearedFor: string) =>
    dueClearDownsOf(group, clearChat, { clearedFor, last: last.get(clearedFor) ?? "", holds, today });
  const senders = by === "sender" ? currentMembers(group) : [];
  const waiting = senders.flatMap(({ personId, person }) => {
    const of = personId === null ? null : standing(personId);
    return of && of.open.length > 0 ? [{ name: person?.name ?? "", of }] : [];
  });
  const clearedFor = by === "sender" && role ? actor.personId : WHOLE_GROUP;
  const oldest = waiting.map(({ of }) => of).sort((a, b) => a.promptedOn.localeCompare(b.promptedOn))[0];
  const mine = by === "sender" && !role ? (oldest ?? standing(WHOLE_GROUP)) : standing(clearedFor);
  const open = by === "sender" && !role && !oldest ? [] : mine.open;
  const latest = open.at(-1);
  const causes = stops.filter((stop) => stop.dueOn === latest?.dueOn && stop.clearedFor === clearedFor);
  const isLate = (open.length > 0 || waiting.length > 0) && mine.holds.length === 0;
  const asked = by === "sender" ? (oldest ?? mine) : mine;
  return {
    group: { reference: group.reference, name: group.name, app: group.app, isClosed: group.state === "closed" },
    rule: ruleInWords(group),
    by,
    /** Periods that are due and not cleared, the oldest first: by the reader as a sender, otherwise by the group. */
    open,
    /** Holds in force now: nothing may be cleared. */
    holds: mine.holds,
    body,
    /** True if it is recorded that the holds prevent the clear-downs that are due. */
    isHeldRecorded: mine.holds.every((hold) => causes.some(({ cause }) => cause === hold.reference)),
    /** Why it was not cleared, if somebody was in doubt and no hold has been placed since. */
    doubt: (["known", "unsure"] as const).find((doubt) => causes.some(({ cause }) => cause === doubt)) ?? null,
    /** Who has been notified of a missed one. */
    calls: isLate ? callLevel(asked.promptedOn, today, daysOff(body, asked.promptedOn, today)) : null,
    nextDue: nextDueOf(group, today),
    mayConfirm: role !== null && (by === "sender" || isInCharge),
    mayPrompt: isInCharge,
    mayReadLedger: oversees || isInCharge,
    /** Senders who have not confirmed what is due; null unless the reader is an administrator, officer or auditor. */
    waiting: by === "sender" && (isInCharge || oversees) ? waiting.map(({ name }) => name) : null,
    steps: clearChat.platforms.filter(({ name }) => name.toLowerCase().includes(group.app.toLowerCase())),
    policySteps: await policySteps(clearChat, group),
  };
}

/** A group's clear-downs, as seen by its people and by those who oversee all groups. */
export type ClearDownView = NonNullable<Awaited<ReturnType<typeof getClearDowns>>>;

function nextDueOf(group: GroupToClear, today: string): string | null {
  if (group.state !== "approved" || !group.decidedAt) return null;
  return nextPeriod(scheduleOf(group), today)?.dueOn ?? null;
}

/** The clauses of the group's policy with the steps, in the version it is registered under, or else the newest. */
async function policySteps({ policySteps: all }: ClearChat, group: GroupToClear) {
  const named = all.find(({ policy }) => policy === group.policy);
  if (!named) return [];
  const versions = (await loadContent()).policies.find(({ slug }) => slug === group.policy)?.versions ?? [];
  const version = versions.find(({ hash }) => hash === group.hash) ?? versions.at(-1);
  return named.clauses.flatMap((id) => {
    const clause = version?.clauses.find((one) => one.id === id);
    return clause ? [{ clause: id, text: clause.text }] : [];
  });
}

/** Clear-downs that the actor confirmed, the newest first. */
export async function listOwnClearDowns(actor: Actor) {
  const rows = await listConfirmedBy(getDatabase(), actor.personId);
  return rows.map(({ dueOn, confirmedAt, recordsMovedTo, group }) => ({
    reference: group.reference,
    group: group.name,
    dueOn,
    confirmedAt,
    recordsMovedTo,
  }));
}

/** Whose copies were confirmed as gone. */
export const CLEARED_COPIES = {
  everybody: "Everybody’s copies",
  own: "Their own copy",
  unknown: "Nobody said whose copies",
} as const;

/** The confirmed clear-downs of all groups of the body; null for those who may not see them. */
export function getClearDownRegister(actor: Actor, asked: Asked) {
  if (!can(actor, "clear-down.oversee", actor)) return null;
  return registerOver(clearDownList(getDatabase(), actor.body, asked), (rows) =>
    rows.map(({ group, dueOn, clearedFor, confirmedAt, confirmedBy, recordsMovedTo, ofEverybody }) => {
      const isOwn = clearedFor !== WHOLE_GROUP || ofEverybody === false;
      const copies: keyof typeof CLEARED_COPIES = isOwn ? "own" : ofEverybody ? "everybody" : "unknown";
      const isLate = calendarDay(confirmedAt) > dueOn;
      return { ...group, dueOn, confirmedAt, confirmedBy: confirmedBy.name, recordsMovedTo, copies, isLate };
    }),
  );
}

/** A confirmed clear-down in the register. */
export type ClearDownEntry = RowOf<typeof getClearDownRegister>;
