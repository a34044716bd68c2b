/** Periods to answer, counted in days that somebody has for it: leave pauses them. */
import { addDays, isWorkingDay, workingDaysBetween } from "./calendar.ts";

/** From one day to another, both included, YYYY-MM-DD. */
export interface DayRange {
  firstDay: string;
  lastDay: string;
}

export interface PeriodDays {
  /** "calendar": any day; "working": Monday to Friday, and none of `daysOff`. */
  unit: "calendar" | "working";
  /** Days off of the body, YYYY-MM-DD. Those of weekends and calendar days make no difference. */
  daysOff: ReadonlySet<string>;
  /** When somebody is away: these days do not count. They may overlap, in any order. */
  absences: readonly DayRange[];
}

/**
 * The last day of a period: of the days after `from` that count, the one that makes them `days`.
 * @param from YYYY-MM-DD
 * @param days 0 or more; none gives `from` itself
 */
export function periodEnd(from: string, days: number, { unit, daysOff, absences }: PeriodDays): string {
  let date = from;
  for (let left = days; left > 0;) {
    date = addDays(date, 1);
    const away = absences.find(({ firstDay, lastDay }) => firstDay <= date && date <= lastDay);
    if (away) date = away.lastDay;
    else if (unit === "calendar" || isWorkingDay(date, daysOff)) left--;
  }
  return date;
}

/**
 * The last day for somebody to do what is to be done from one day to another: as many working days as there are between
 * the two, without those on which they are away.
 * @param from YYYY-MM-DD, the first day; it counts as one on which it can be done, as `lastDay` does
 */
export function pausedLastDay(from: string, lastDay: string, rules: Omit<PeriodDays, "unit">): string {
  const whole = workingDaysBetween(addDays(from, -1), lastDay, rules.daysOff);
  const end = periodEnd(addDays(from, -1), whole, { unit: "working", ...rules });
  return end > lastDay ? end : lastDay;
}

/** Whether somebody is away on every working day from one day to another, both included. */
export function isAbsentThroughout(from: string, lastDay: string, { daysOff, absences }: Omit<PeriodDays, "unit">) {
  return periodEnd(addDays(from, -1), 1, { unit: "working", daysOff, absences }) > lastDay;
}
