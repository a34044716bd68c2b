/** The figures of a body's exceptions over time: how many were decided in a quarter, and how long that took. */
import { addDays, addMonths, dateInWords, isWorkingDay } from "#domain/base/calendar/calendar.ts";
import { suppressSmallCounts, type ShownCount } from "#domain/policy/acknowledgement/suppression.ts";

/** How many quarters the figures show, this one included. */
export const FIGURE_QUARTERS = 8;

export interface Quarter {
  /** Its first day, YYYY-MM-DD. */
  from: string;
  /** The first day after it. */
  until: string;
}

/** The quarters of calendar years up to that of a day, the newest first. @param today YYYY-MM-DD */
export function lastQuarters(today: string, count = FIGURE_QUARTERS): Quarter[] {
  const firstMonth = Math.floor((Number(today.slice(5, 7)) - 1) / 3) * 3 + 1;
  const current = `${today.slice(0, 4)}-${String(firstMonth).padStart(2, "0")}-01`;
  return Array.from({ length: count }, (_, back) => {
    const from = addMonths(current, -3 * back);
    return { from, until: addMonths(from, 3) };
  });
}

/** "October to December 2026" */
export function quarterInWords({ from, until }: Quarter): string {
  const [first = ""] = dateInWords(from.slice(0, 7)).split(" ");
  return `${first} to ${dateInWords(addDays(until, -1).slice(0, 7))}`;
}

/** Requests that were sent last on one day and decided on another, in London, YYYY-MM-DD. */
export interface DecidedPair {
  sentOn: string;
  decidedOn: string;
  approved: number;
  declined: number;
}

/** How many on a day, YYYY-MM-DD. */
export interface DayCount {
  day: string;
  count: number;
}

export type QuarterFigures = ReturnType<typeof figuresOf>[number];

/**
 * The figures of some quarters.
 * @param counted how many requests were sent and how many conditions were not met in time, by day, and what was decided
 * @param holidays days off from the first day of any pair on, YYYY-MM-DD
 */
export function figuresOf(
  quarters: readonly Quarter[],
  { sent, missed, pairs }: Readonly<Record<"sent" | "missed", readonly DayCount[]>> & { pairs: readonly DecidedPair[] },
  holidays: ReadonlySet<string>,
) {
  const isIn = ({ from, until }: Quarter, day: string) => from <= day && day < until;
  const countIn = (quarter: Quarter, days: readonly DayCount[]) =>
    days.reduce((sum, { day, count }) => sum + (isIn(quarter, day) ? count : 0), 0);
  const numbers = workingDayNumbers(pairs, holidays);
  const took = ({ sentOn: from, decidedOn: to }: DecidedPair) => (numbers.get(to) ?? 0) - (numbers.get(from) ?? 0);
  return quarters.map((quarter) => {
    const inIt = pairs.filter(({ decidedOn }) => isIn(quarter, decidedOn));
    const approved = inIt.reduce((sum, pair) => sum + pair.approved, 0);
    const times = inIt
      .flatMap((pair) => Array.from({ length: pair.approved + pair.declined }, () => took(pair)))
      .sort((a, b) => a - b);
    const decided = times.length;
    const on = { sent: countIn(quarter, sent), missed: countIn(quarter, missed) };
    // Working days from the last sending to the decision; in nine out of ten, this many or fewer.
    return { ...quarter, ...on, decided, approved, median: medianOf(times), ninetieth: ninetiethOf(times) };
  });
}

/** For each day of the pairs, how many working days there are up to it, from the first of all. */
function workingDayNumbers(pairs: readonly DecidedPair[], holidays: ReadonlySet<string>): Map<string, number> {
  const days = pairs.flatMap(({ sentOn, decidedOn }) => [sentOn, decidedOn]).sort();
  const [first, last] = [days[0], days.at(-1)];
  const numbers = new Map<string, number>();
  if (first === undefined || last === undefined) return numbers;
  let count = 0;
  for (let day = first; day <= last; day = addDays(day, 1)) {
    if (isWorkingDay(day, holidays)) count++;
    numbers.set(day, count);
  }
  return numbers;
}

function medianOf(sorted: readonly number[]): number | null {
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

const ninetiethOf = (sorted: readonly number[]): number | null => sorted[Math.ceil(sorted.length * 0.9) - 1] ?? null;

// The register of exceptions as a body publishes it: how many were decided from each clause in a year, and nothing that identifies anybody (docs/decisions/060-register-in-the-database.md).

/** How a request was decided; what became of an exception later does not change it. */
export const PUBLISHED_DECISIONS = { approved: "Approved", declined: "Declined" } as const;
export type PublishedDecision = keyof typeof PUBLISHED_DECISIONS;

/** How many requests from a clause were decided in a year. */
export type ClauseDecisions = { policy: string; clause: string } & Readonly<Record<PublishedDecision, number>>;

/** A line of the published register. */
export interface PublishedLine {
  policy: string;
  clause: string;
  decision: PublishedDecision;
  count: ShownCount;
}

const FIRST_YEAR = 2000;

/**
 * The year in an address; the last one if it names none, null for one that is not over: two files of it, saved on
 * different days, would tell of the request decided between them. @param today calendar day, YYYY-MM-DD
 */
export function readPublishedYear(typed: string | null, today: string): number | null {
  const last = Number(today.slice(0, 4)) - 1;
  if (typed === null || typed === "") return last;
  const year = /^\d{4}$/.test(typed) ? Number(typed) : NaN;
  return year >= FIRST_YEAR && year <= last ? year : null;
}

/**
 * The lines of the published register, in the order of the counts. Numbers under five are not shown, nor as many others
 * as would tell them to a reader who knows how many requests from the policy were approved, or declined, in all.
 */
export function publishedLines(counts: readonly ClauseDecisions[]): PublishedLine[] {
  const policies = [...new Set(counts.map(({ policy }) => policy))];
  return policies.flatMap((policy) => {
    const clauses = counts.filter((count) => count.policy === policy);
    const shown = {
      approved: suppressSmallCounts([clauses.map(({ approved }) => approved)]).rows[0],
      declined: suppressSmallCounts([clauses.map(({ declined }) => declined)]).rows[0],
    };
    return clauses.flatMap(({ clause }, at) =>
      (["approved", "declined"] as const).map((decision): PublishedLine => {
        return { policy, clause, decision, count: shown[decision]?.[at] ?? { kind: "hidden" } };
      }),
    );
  });
}
