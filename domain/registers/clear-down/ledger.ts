/** The disposal ledger: what happened to each period of a group, in sentences that can answer a requester (S5.27). */
import { addWorkingDays, calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import { CALL_AFTER_WORKING_DAYS, messagesInWords, ruleInWords, type Period } from "./period.ts";

/** A record that messages were cleared. `by` is a name, or null for a reader who may not see it. */
export interface Clearing {
  /** Due day of the latest period it covers, YYYY-MM-DD. */
  dueOn: string;
  at: Date;
  by: string | null;
  /** Where records were moved before; "" if there was nothing of value. */
  recordsMovedTo: string;
  /**
   * For a group: whether every member's copy is gone, or the administrator's own alone, since clearing a chat leaves
   * those of others; null if it was not asked then.
   */
  ofEverybody: boolean | null;
}

/** The time during which a hold concerned the group; `until` is null if it still does. */
export interface HoldTime {
  reference: string;
  from: Date;
  until: Date | null;
}

/** A record that a period was not cleared: a hold's reference, or the answer to the question about requests. */
export interface Stop {
  dueOn: string;
  cause: string;
  at: Date;
  by: string | null;
}

export const LEDGER_STATES = {
  due: "Due now",
  cleared: "Cleared",
  late: "Missed, cleared late",
  missed: "Missed",
  held: "Not cleared: a hold",
  "after-hold": "Cleared after a hold",
} as const satisfies Record<string, string>;
export type LedgerState = keyof typeof LEDGER_STATES;

/** The state in words; of a group, also whose copies are gone. */
export function ledgerStateInWords({ state, clearings }: Pick<LedgerEntry, "state" | "clearings">, by: Clearer) {
  const last = clearings.at(-1);
  if (by === "sender" || !last) return LEDGER_STATES[state];
  return `${LEDGER_STATES[state]}: ${WHOSE[String(last.ofEverybody)]}`;
}

const WHOSE: Readonly<Record<string, string>> = {
  true: "every member’s copy",
  false: "an administrator’s own copy",
  null: "not said whose copies",
};

export interface LedgerEntry {
  period: Period;
  state: LedgerState;
  /** The clearings of everybody who had to: one, or one for each sender. */
  clearings: Clearing[];
  /** How many have not cleared it. */
  open: number;
  /** True if nobody confirmed it in time and no hold was in force then. */
  wasMissed: boolean;
  /** Holds in force between the day it was due and the day it was cleared. */
  holds: HoldTime[];
  stops: Stop[];
}

export interface LedgerInput {
  periods: readonly Period[];
  /**
   * Everybody who has to clear a period, with what they cleared; a single entry if the administrators do it for the
   * group.
   */
  clearedBy: (period: Period) => readonly (readonly Clearing[])[];
  holds: readonly HoldTime[];
  stops: readonly Stop[];
  /** The moment that the ledger describes. */
  at: Date;
  /** Days off, YYYY-MM-DD. */
  holidays: ReadonlySet<string>;
}

/** One entry for each period, in the order given. */
export const ledgerOf = ({ periods, clearedBy, holds, stops, at, holidays }: LedgerInput): LedgerEntry[] =>
  periods.map((period) => {
    const everybody = clearedBy(period).map((all) => clearingOf(period, all));
    const clearings = everybody.filter((one) => one !== null);
    const open = everybody.length - clearings.length;
    const last = open === 0 ? latest(clearings.map((one) => one.at)) : null;
    const end = last ?? at;
    const [dueOn, endsOn] = [period.dueOn, calendarDay(end)];
    const standing = holds.filter(
      ({ from, until }) =>
        calendarDay(from) <= endsOn && from <= end && (until === null || calendarDay(until) >= dueOn),
    );
    const state = stateOf(period, standing, last, at, holidays);
    const lastDay = addWorkingDays(dueOn, CALL_AFTER_WORKING_DAYS.deputy, holidays);
    const isLateHold = standing.length > 0 && standing.every(({ from }) => calendarDay(from) > lastDay);
    const wasMissed = state === "missed" || state === "late" || isLateHold;
    const own = stops.filter((stop) => stop.dueOn === dueOn);
    return { period, state, clearings, open, wasMissed, holds: standing, stops: own };
  });

/** The first clearing that included the period due then. */
export function clearingOf({ dueOn }: Pick<Period, "dueOn">, clearings: readonly Clearing[]): Clearing | null {
  const found = clearings.filter((one) => one.dueOn >= dueOn).sort((a, b) => a.dueOn.localeCompare(b.dueOn));
  return found[0] ?? null;
}

/** The day from which clearing was asked for: when it was due, or when the last hold on it ended. */
export const promptedOn = (dueOn: string, holds: readonly Pick<HoldTime, "until">[]): string =>
  holds.reduce((day, { until }) => (until && calendarDay(until) > day ? calendarDay(until) : day), dueOn);

function stateOf(
  { dueOn }: Period,
  holds: readonly HoldTime[],
  clearedAt: Date | null,
  at: Date,
  holidays: ReadonlySet<string>,
): LedgerState {
  if (clearedAt === null && holds.some(({ until }) => until === null || until > at)) return "held";
  const lastDay = addWorkingDays(promptedOn(dueOn, holds), CALL_AFTER_WORKING_DAYS.deputy, holidays);
  if (clearedAt === null) return calendarDay(at) >= lastDay ? "missed" : "due";
  if (holds.length > 0) return "after-hold";
  return calendarDay(clearedAt) > lastDay ? "late" : "cleared";
}

const latest = (times: readonly Date[]): Date | null =>
  times.reduce<Date | null>((last, time) => (last === null || time > last ? time : last), null);

/** Who cleared it, for a reader who may not see names. */
type Clearer = keyof typeof SOMEBODY;
const SOMEBODY = { administrator: "an administrator of the group", sender: "those who sent them" } as const;

/** What happened to each period, one sentence each. @param by who has to clear a group's messages */
export function ledgerSentences(entry: LedgerEntry, by: Clearer): string[] {
  const { period, state, clearings, open, wasMissed, holds, stops } = entry;
  const messages = messagesInWords(period);
  return [
    `${messages.charAt(0).toUpperCase()}${messages.slice(1)} were due to be cleared on ${dateInWords(period.dueOn)}. ${ruleInWords(period.rule)}`,
    ...(wasMissed && state !== "missed" ? ["Nobody confirmed it in time."] : []),
    ...holds.map((hold) => holdSentence(hold, period.dueOn)),
    ...stops.filter(({ cause }) => cause === "known" || cause === "unsure").map(doubtSentence),
    ...(state === "missed" ? ["Nobody has confirmed that they were cleared. They may still be held."] : []),
    ...(state === "due" && clearings.length === 0 ? ["It is not confirmed yet that they were cleared."] : []),
    ...clearings.map((clearing) => clearedSentence(clearing, by)),
    ...(clearings.length > 0 && open > 0 ? [openSentence(open)] : []),
  ];
}

function holdSentence({ reference, from, until }: HoldTime, dueOn: string): string {
  const hold = reference === "" ? "a hold" : `the hold ${reference}`;
  const [first, last] = [onDay(from), until && onDay(until)];
  const ended = first === last ? `on ${first}` : `from ${first} to ${last ?? ""}`;
  const since = calendarDay(from) > dueOn;
  if (until === null)
    return since
      ? `Since ${first}, ${hold} has stopped it.`
      : `They were not cleared then, because ${hold} has stood since ${first}.`;
  if (!since) return `They were not cleared then, because ${hold} stood ${ended}.`;
  return `${hold.charAt(0).toUpperCase()}${hold.slice(1)} stopped it ${ended}.`;
}

function doubtSentence({ cause, at, by }: Stop): string {
  const who = by ?? "An administrator";
  const why =
    cause === "known" ? "knew of a request or an inquiry" : "were not sure whether anybody had asked for them";
  return `${who} did not clear them on ${onDay(at)}, because they ${why}.`;
}

function clearedSentence({ at, by, recordsMovedTo, ofEverybody }: Clearing, who: Clearer): string {
  const records =
    recordsMovedTo === ""
      ? "Nothing in them was of value for the record."
      : `What was of value was moved to the record first: ${recordsMovedTo}.`.replace(/\.\.$/, ".");
  const name = by ?? SOMEBODY[who];
  const cleared =
    who === "sender"
      ? `They were deleted on ${onDay(at)} by ${name}.`
      : ofEverybody === true
        ? `On ${onDay(at)} ${name} confirmed that every member’s copy is cleared.`
        : ofEverybody === false
          ? `The copy of ${name} alone was cleared on ${onDay(at)}. Other members may still hold theirs.`
          : `They were cleared on ${onDay(at)} by ${name}. It was not asked whose copies.`;
  return `${cleared} ${records}`;
}

const openSentence = (open: number): string =>
  open === 1 ? "One sender has not confirmed it yet." : `${open} senders have not confirmed it yet.`;

const onDay = (at: Date): string => dateInWords(calendarDay(at));
