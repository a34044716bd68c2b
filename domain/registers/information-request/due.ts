/** When a request must be answered: FOIA s.10, FOISA s.10, EIR regulation 5, UK GDPR article 12(3), DPA 2018 s.164A. */
import { addDays, addMonths, addWorkingDays, isWorkingDay } from "#domain/base/calendar/calendar.ts";
import { REQUEST_KINDS, type RequestKind } from "./information-request.ts";

/** Working days after the day on which a request came in (FOIA, FOISA, EIR). */
export const REQUEST_WORKING_DAYS = 20;
/** Days after the day on which a complaint came in, to acknowledge it (DPA 2018 s.164A: check). */
export const ACKNOWLEDGE_WITHIN_DAYS = 30;

/** Days that a clock does not count: those after the first, up to and including the last. */
export interface PausedDays {
  /** YYYY-MM-DD */
  firstDay: string;
  /** YYYY-MM-DD; null while it lasts. */
  lastDay: string | null;
}

/** The parts of a request that decide when it is due. Days are YYYY-MM-DD. */
export interface TimedRequest {
  kind: RequestKind;
  receivedOn: string;
  dueOn: string | null;
  acknowledgedOn: string | null;
  pauses: readonly PausedDays[];
}

/**
 * The day that a kind's own clock gives: the twentieth working day, or the corresponding day of the next month and the
 * next working day if it is none. The day it came in does not count, nor do paused days; a pause that lasts counts up to
 * today. A pause that began after the last day does not lengthen it.
 * @param holidays days off by the law of the kind, YYYY-MM-DD
 * @param today YYYY-MM-DD
 * @returns null for a kind without a clock of its own
 */
export function dueByClock(
  { kind, receivedOn, pauses }: Pick<TimedRequest, "kind" | "receivedOn" | "pauses">,
  holidays: ReadonlySet<string>,
  today: string,
): string | null {
  const { clock } = REQUEST_KINDS[kind];
  const paused = pausedDays(pauses, today);
  if (clock === "working-days")
    return addWorkingDays(receivedOn, REQUEST_WORKING_DAYS, new Set([...holidays, ...paused]));
  if (clock !== "month") return null;
  let due = receivedOn;
  for (let day = receivedOn, last = addMonths(receivedOn, 1); day < last; day = addDays(day, 1))
    due = nextDay(due, (next) => !paused.has(next));
  return isWorkingDay(due, holidays) ? due : nextDay(due, (next) => isWorkingDay(next, holidays));
}

/**
 * The last day of what has to be done next: of a complaint that was not acknowledged, to acknowledge it. A later day that
 * somebody set takes the place of the clock's own.
 * @returns null where nobody has set a day and no clock gives one
 */
export function dueDay(request: TimedRequest, holidays: ReadonlySet<string>, today: string): string | null {
  const { kind, receivedOn, dueOn, acknowledgedOn } = request;
  if (kind === "complaint" && acknowledgedOn === null) return addDays(receivedOn, ACKNOWLEDGE_WITHIN_DAYS);
  const own = dueByClock(request, holidays, today);
  return own !== null && (dueOn === null || dueOn < own) ? own : dueOn;
}

function pausedDays(pauses: readonly PausedDays[], today: string): Set<string> {
  const days = new Set<string>();
  for (const { firstDay, lastDay } of pauses)
    for (let day = firstDay; day < (lastDay ?? today);) days.add((day = addDays(day, 1)));
  return days;
}

function nextDay(from: string, counts: (day: string) => boolean): string {
  let day = addDays(from, 1);
  while (!counts(day)) day = addDays(day, 1);
  return day;
}
