/** The moments that the board's page compares: the ends of the last twelve months, and of the day that it is about. */
import type { DayEnd } from "#domain/base/calendar/day-end.ts";
import { addDays, addMonths, endOfDay, isWorkingDay } from "#domain/base/calendar/calendar.ts";

/** How many ends of months are compared. */
export const BOARD_MONTHS = 12;

/**
 * The end of the last twelve months and of the day itself, the oldest first: thirteen moments, or twelve where the day
 * is the last of its month.
 * @param day YYYY-MM-DD
 */
export function boardMoments(day: string): DayEnd[] {
  const first = `${day.slice(0, 7)}-01`;
  const isLastOfMonth = addDays(day, 1).slice(0, 7) !== day.slice(0, 7);
  const ends = Array.from({ length: BOARD_MONTHS - (isLastOfMonth ? 1 : 0) }, (_, back) =>
    addDays(addMonths(first, -back), -1),
  );
  return [...ends.reverse(), day].map((one) => ({ day: one, at: endOfDay(one) }));
}

/** The first day of the period that ends with the first moment. @returns YYYY-MM-DD */
export const firstBoardDay = (moments: readonly DayEnd[]): string => `${(moments[0]?.day ?? "").slice(0, 7)}-01`;

/** The last day of the month before a day. @param day YYYY-MM-DD */
export const lastDayOfMonthBefore = (day: string): string => addDays(`${day.slice(0, 7)}-01`, -1);

/** Whether a day is the first working day of its month. @param day YYYY-MM-DD @param holidays days off, YYYY-MM-DD */
export function isFirstWorkingDayOfMonth(day: string, holidays: ReadonlySet<string>): boolean {
  if (!isWorkingDay(day, holidays)) return false;
  for (let before = addDays(day, -1); before.slice(0, 7) === day.slice(0, 7); before = addDays(before, -1))
    if (isWorkingDay(before, holidays)) return false;
  return true;
}
