/** Periods to answer, counted in days that somebody has for it: leave pauses them. */
import { addDays, isWorkingDay } from "./calendar.ts";

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
