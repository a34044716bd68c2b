/** When a group's messages are cleared: by its rule in days or years, from its approval (S5.20, S3.70). */
import { addDays, addMonths, dateInWords, workingDaysBetween } from "#domain/base/calendar/calendar.ts";

/** The rule for clearing messages; both null if nothing is cleared on a schedule. */
export interface ClearDownRule {
  /** Everything is cleared at intervals of this many days. */
  clearEveryDays: number | null;
  /** Every message is kept for this many years, then deleted. */
  keepYears: number | null;
}

/** The rules of a group in order, each until the day on which the next replaced it. Days are YYYY-MM-DD, in London. */
export interface ClearDownSchedule {
  approvedOn: string;
  earlier: readonly (ClearDownRule & { until: string })[];
  current: ClearDownRule;
}

/** Messages that are cleared together. */
export interface Period {
  /** First day on which they were sent; null for everything older. */
  from: string | null;
  /** Last day on which they were sent. */
  to: string;
  /** Due day, by which they have to be deleted; also identifies the period. */
  dueOn: string;
  rule: ClearDownRule;
}

/**
 * The periods that ended by a day, the oldest first. Nothing is due on the day of the approval itself. With a rule in
 * years, everything old enough is due on each anniversary of the approval, so that no message is deleted early.
 * @param until last day to include, YYYY-MM-DD
 * @param after leaves out periods due on this day or earlier
 */
export function periodsDue({ approvedOn, earlier, current }: ClearDownSchedule, until: string, after = ""): Period[] {
  const periods: Period[] = [];
  let start = approvedOn;
  let to: string | null = null;
  for (const { rule, end } of [
    ...earlier.map(({ until: end, ...rule }) => ({ rule, end: end < until ? end : until })),
    { rule: current, end: until },
  ]) {
    for (const due of dueDays(rule, approvedOn, start, end)) {
      const from = to === null ? (inDays(rule) ? start : null) : addOneDay(to);
      if (due.dueOn > after) periods.push({ from, ...due, rule });
      to = due.to;
    }
    if (end > start) start = end;
  }
  return periods;
}

/** The first period that ends after a day; null if nothing is cleared on a schedule. */
export function nextPeriod(schedule: ClearDownSchedule, day: string): Period | null {
  const { clearEveryDays, keepYears } = schedule.current;
  const horizon = inDays(schedule.current)
    ? addDays(day, clearEveryDays ?? 0)
    : keepYears === null
      ? day
      : addMonths(day, 12 * (keepYears + 1));
  return periodsDue(schedule, horizon, day)[0] ?? null;
}

/** Due days of a rule that applied from `start`, up to `end`, each with the last day whose messages it covers. */
function dueDays(rule: ClearDownRule, approvedOn: string, start: string, end: string): { dueOn: string; to: string }[] {
  const { clearEveryDays, keepYears } = rule;
  const found: { dueOn: string; to: string }[] = [];
  if (clearEveryDays !== null) {
    if (clearEveryDays < 1) return [];
    const last = dayNumber(end);
    for (let number = dayNumber(start) + clearEveryDays; number <= last; number += clearEveryDays)
      found.push({ dueOn: dayOf(number), to: dayOf(number - 1) });
    return found;
  }
  if (keepYears === null || keepYears < 1) return [];
  for (let years = keepYears; ; years++) {
    const dueOn = addMonths(approvedOn, 12 * years);
    if (dueOn > end) return found;
    if (dueOn > start) found.push({ dueOn, to: addMonths(approvedOn, 12 * (years - keepYears)) });
  }
}

const inDays = ({ clearEveryDays }: ClearDownRule): boolean => clearEveryDays !== null;

// One page may need hundreds of weeks of hundreds of groups, so this uses plain numbers for speed.
const DAY_MS = 86_400_000;
const dayNumber = (day: string): number => Date.parse(day) / DAY_MS;
const dayOf = (number: number): string => new Date(number * DAY_MS).toISOString().slice(0, 10);
const addOneDay = (day: string): string => dayOf(dayNumber(day) + 1);

/** The rule in one sentence. */
export function ruleInWords({ clearEveryDays, keepYears }: ClearDownRule): string {
  const some = (count: number, unit: string) => (count === 1 ? `every ${unit}` : `every ${count} ${unit}s`);
  if (clearEveryDays !== null) return `Messages are cleared ${some(clearEveryDays, "day")}.`;
  if (keepYears !== null)
    return `Messages are kept for ${keepYears} ${keepYears === 1 ? "year" : "years"}, then deleted.`;
  return "Messages are not cleared on a schedule.";
}

/** Which messages: "messages from 1 December 2026 to 7 December 2026". */
export function messagesInWords({ from, to }: Pick<Period, "from" | "to">): string {
  if (from === null) return `messages up to ${dateInWords(to)}`;
  return from === to ? `messages of ${dateInWords(to)}` : `messages from ${dateInWords(from)} to ${dateInWords(to)}`;
}

export const CALL_LEVELS = ["deputy", "governance-officer"] as const;
/** Who is notified, besides the administrators, when a clear-down is missed. */
export type CallLevel = (typeof CALL_LEVELS)[number];

/** Working days after which each is notified. The policies name no figure: our own (S5.23). */
export const CALL_AFTER_WORKING_DAYS = { deputy: 1, "governance-officer": 3 } as const satisfies Record<
  CallLevel,
  number
>;

/**
 * Who else has to be notified by now: nobody, the deputies, or also the governance officers.
 * @param promptedOn day on which the administrators were asked
 * @param holidays days off, YYYY-MM-DD
 */
export function callLevel(promptedOn: string, today: string, holidays: ReadonlySet<string>): CallLevel | null {
  const passed = workingDaysBetween(promptedOn, today, holidays);
  return [...CALL_LEVELS].reverse().find((level) => passed >= CALL_AFTER_WORKING_DAYS[level]) ?? null;
}
