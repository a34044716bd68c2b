import { type Actor, can } from "#domain/access/permission/permission.ts";
import { calendarDay, endOfDay } from "#domain/base/calendar/calendar.ts";
import { clearedByOf, type ClearedBy } from "#domain/registers/clear-down/clear-chat.ts";
import { ledgerOf, type Clearing, type LedgerEntry } from "#domain/registers/clear-down/ledger.ts";
import { periodsDue, ruleInWords } from "#domain/registers/clear-down/period.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import { grouped } from "#domain/base/list/grouped.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { daysOff } from "#server/base/calendar/days-off.ts";
import { clock } from "#server/base/clock.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { holdTimesOnGroups, type HoldOnGroup } from "#server/registers/hold/queries.ts";
import { getOwnBody } from "#server/policy/policy/queries.ts";
import * as repository from "./repository.ts";
import { roleIn, scheduleOf, WHOLE_GROUP } from "./schedule-rules.ts";

/**
 * The disposal ledger of a group; null if there is no such group, or the actor neither administers it nor oversees all
 * groups.
 * @param span period in which messages were due to be cleared, YYYY-MM-DD, inclusive; null for no limit
 */
export async function getLedger(actor: Actor, typed: string, span: { from: string | null; to: string | null }) {
  const reference = parseReference("GRP", typed);
  const group = reference && (await repository.findGroupToClear(getDatabase(), actor.body, reference));
  const body = await getOwnBody(actor);
  if (!group || !body) return null;
  const role = roleIn(group, actor.personId);
  const isOverseen = can(actor, "clear-down.oversee", group);
  if (!isOverseen && role !== "administrator" && role !== "deputy") return null;
  const holds = (await holdTimesOnGroups(actor.body))(group.id);
  const { by, entries } = await entriesOf(group, body, holds, clock.now());
  const { name, app, decidedAt, closedAt } = group;
  const days = { approvedOn: calendarDay(decidedAt ?? new Date(0)), closedOn: closedAt && calendarDay(closedAt) };
  const inTime = entries.filter(
    ({ period: { dueOn } }) => (span.from === null || dueOn >= span.from) && (span.to === null || dueOn <= span.to),
  );
  return {
    group: { reference: group.reference, name, app, ...days },
    body,
    rule: ruleInWords(group),
    by,
    entries: inTime,
    /** True if the reader uses it to answer somebody outside: then reading it is recorded. */
    isOverseen,
  };
}

/** What became of a group's messages, period by period, the oldest first. */
export type Ledger = NonNullable<Awaited<ReturnType<typeof getLedger>>>;

/**
 * The ledgers of a body's groups under a policy as they stood at the end of a day, in the order of the groups'
 * approval. For the FOI pack, which has authorised already.
 * @param day YYYY-MM-DD
 */
export async function listRedactedLedgers(body: Body, policy: string, day: string) {
  const end = endOfDay(day);
  const groups = await repository.listGroupsUnder(getDatabase(), body.slug, policy, end);
  if (groups.length === 0) return [];
  const holdsOf = await holdTimesOnGroups(body.slug);
  const now = clock.now();
  const at = end < now ? new Date(end.getTime() - 1) : now;
  return Promise.all(
    groups.map(async (group) => {
      const { by, entries } = await entriesOf(group, body, holdsOf(group.id), at);
      const { kind, app } = group;
      return { kind, app, by, rule: ruleInWords(group), entries: entries.map(redact) };
    }),
  );
}

const redact = ({ clearings, holds, stops, ...entry }: LedgerEntry): LedgerEntry => ({
  ...entry,
  clearings: clearings.map((one) => ({ ...one, by: null, recordsMovedTo: one.recordsMovedTo === "" ? "" : MOVED })),
  holds: holds.map((hold) => ({ ...hold, reference: "" })),
  stops: stops.map((stop) => ({ ...stop, by: null })),
});

/** Used instead of references, which could identify a person. */
const MOVED = "to the body's record";

/** @param at the moment that it describes: anything done later is left out */
async function entriesOf(group: repository.GroupToClear, body: Body, holds: readonly HoldOnGroup[], at: Date) {
  const tx = getDatabase();
  const { clearChat } = await loadContent();
  const by = clearedByOf(clearChat, group);
  const [clearDowns, stops] = await Promise.all([
    repository.listClearDowns(tx, group.id),
    repository.listStops(tx, group.id),
  ]);
  const done = clearDowns.map(({ confirmedBy, ...one }) => ({ ...one, by: confirmedBy.name }));
  return { by, entries: entriesFrom(group, by, { body, clearDowns: done, stops, holds, at }) };
}

interface LedgerRecords {
  body: Body;
  clearDowns: readonly (Pick<Clearing, "dueOn" | "by" | "recordsMovedTo" | "ofEverybody"> & {
    confirmedAt: Date;
    clearedFor: string;
  })[];
  stops: Awaited<ReturnType<typeof repository.listStops>>;
  holds: readonly HoldOnGroup[];
  at: Date;
  /** Leaves out periods due on this day or earlier, YYYY-MM-DD. */
  after?: string;
}

function entriesFrom(group: repository.GroupToClear, by: ClearedBy, records: LedgerRecords): LedgerEntry[] {
  const { body, clearDowns, stops, holds, at, after } = records;
  const isClosed = group.state === "closed" && group.closedAt !== null && group.closedAt < at;
  const until = calendarDay(isClosed && group.closedAt ? group.closedAt : at);
  const periods = periodsDue(scheduleOf(group), until, after);
  const done = grouped(
    clearDowns.filter(({ confirmedAt }) => confirmedAt <= at),
    ({ clearedFor }) => clearedFor,
  );
  const clearingsFor = (clearedFor: string): Clearing[] =>
    (done.get(clearedFor) ?? []).map(({ dueOn, confirmedAt, by: who, recordsMovedTo, ofEverybody }) => ({
      dueOn,
      at: confirmedAt,
      by: who,
      recordsMovedTo,
      ofEverybody,
    }));
  const whole = clearingsFor(WHOLE_GROUP);
  const ofSenders = new Map(group.members.map(({ personId }) => [personId, clearingsFor(personId ?? "")]));
  return ledgerOf({
    periods,
    clearedBy: ({ to, dueOn }) => {
      if (by === "administrator") return [whole];
      const senders = group.members.filter(
        ({ personId, addedAt, removedAt, person }) =>
          personId !== null &&
          calendarDay(addedAt) <= to &&
          (removedAt === null || calendarDay(removedAt) > dueOn) &&
          (person?.status === "active" || (ofSenders.get(personId) ?? []).some((one) => one.dueOn >= dueOn)),
      );
      return senders.map(({ personId }) => ofSenders.get(personId) ?? []);
    },
    holds: holds
      .filter(({ from }) => from <= at)
      .map(({ reference, from, until: end }) => ({ reference, from, until: end !== null && end <= at ? end : null })),
    stops: stops
      .filter(({ stoppedAt }) => stoppedAt <= at)
      .map(({ dueOn, cause, stoppedAt, stoppedBy }) => ({ dueOn, cause, at: stoppedAt, by: stoppedBy.name })),
    at,
    holidays: daysOff(body, periods[0]?.dueOn ?? until, `${Number(until.slice(0, 4)) + 1}-12-31`),
  });
}

/** How many clear-downs of a body's groups were confirmed between two moments. For what has authorised already. */
export const countClearDownsBetween = async (body: string, from: Date, until: Date): Promise<number> =>
  repository.countClearDowns(getDatabase(), body, from, until);

/**
 * On which days clear-downs of a body's groups were due that nobody confirmed in time and no hold had stopped, as the
 * ledgers stood at the end of a day: one for each period of each group. For what has authorised already.
 * @param after leaves out what was due on this day or earlier, YYYY-MM-DD
 * @param day YYYY-MM-DD
 */
export async function listMissedDays(body: Body, after: string, day: string): Promise<string[]> {
  const end = endOfDay(day);
  const now = clock.now();
  const at = end < now ? new Date(end.getTime() - 1) : now;
  const tx = getDatabase();
  const groups = await repository.listGroupsOfBody(tx, body.slug, end);
  const [{ clearChat }, clearDowns, holdsOf] = await Promise.all([
    loadContent(),
    repository.listClearDownsDueAfter(tx, body.slug, after),
    holdTimesOnGroups(body.slug),
  ]);
  const doneIn = grouped(clearDowns, ({ groupId }) => groupId);
  return groups.flatMap((group) => {
    const done = (doneIn.get(group.id) ?? []).map((one) => ({
      ...one,
      by: null,
      recordsMovedTo: "",
      ofEverybody: null,
    }));
    const records = { body, clearDowns: done, stops: [], holds: holdsOf(group.id), at, after };
    const entries = entriesFrom(group, clearedByOf(clearChat, group), records);
    return entries.filter(({ wasMissed }) => wasMissed).map(({ period }) => period.dueOn);
  });
}
