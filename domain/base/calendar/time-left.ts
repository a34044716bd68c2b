/** How far off a deadline is, in the words that people use. */
import { calendarDay } from "./calendar.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * What is left until a deadline: "in 3 days" from 48 hours on, counted as days of the calendar in London, below that
 * "5 hours left" and "40 minutes left"; after it "40 minutes over", "5 hours over", and from 24 hours on "2 days over".
 * Whole hours and minutes, rounded down. At the deadline itself it is over.
 */
export function timeLeft(deadline: Date, at: Date): { isOver: boolean; words: string } {
  const left = deadline.getTime() - at.getTime();
  if (left <= 0) return { isOver: true, words: `${-left < DAY ? spanInWords(-left) : count(-left, DAY, "day")} over` };
  const days = (Date.parse(calendarDay(deadline)) - Date.parse(calendarDay(at))) / DAY;
  // Two days of the calendar hold 49 hours when clocks go back.
  const isCountedInDays = left >= 2 * DAY && days >= 2;
  return { isOver: false, words: isCountedInDays ? `in ${days} days` : `${spanInWords(left)} left` };
}

function spanInWords(span: number): string {
  if (span < MINUTE) return "less than a minute";
  return span < HOUR ? count(span, MINUTE, "minute") : count(span, HOUR, "hour");
}

function count(span: number, unit: number, name: string): string {
  const number = Math.floor(span / unit);
  return `${number} ${name}${number === 1 ? "" : "s"}`;
}
