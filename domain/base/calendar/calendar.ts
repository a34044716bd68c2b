/** Days and times as people in the body count them: Europe/London, not UTC (docs/design.md, "Data"). */
import { Temporal } from "temporal-polyfill";

const ZONE = "Europe/London";

const day = new Intl.DateTimeFormat("en-CA", { timeZone: ZONE, year: "numeric", month: "2-digit", day: "2-digit" });
const clockTime = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE,
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});
const time = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, hour: "numeric", minute: "2-digit", hourCycle: "h12" });

/** The calendar day in London at this moment, as YYYY-MM-DD. */
export const calendarDay = (at: Date): string => day.format(at);

/** Whether a text is a day that exists, written YYYY-MM-DD. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    Temporal.PlainDate.from(text, { overflow: "reject" });
    return true;
  } catch {
    return false;
  }
}

/** The first moment of a day in London. @throws RangeError where there is no such day */
export function startOfDay(date: string): Date {
  const zoned = Temporal.PlainDate.from(date, { overflow: "reject" }).toZonedDateTime(ZONE);
  return new Date(zoned.epochMilliseconds);
}

/** The moment of a day and time in London, as somebody typed them: "14:05", "9.30"; null if either is invalid. */
export function readMoment(date: string, clockTime: string): Date | null {
  const match = /^(\d{1,2})[:.]?(\d{2})$/.exec(clockTime.trim());
  if (!isDay(date) || !match) return null;
  const [hour, minute] = [Number(match[1]), Number(match[2])];
  if (hour > 23 || minute > 59) return null;
  return momentAt(date, `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`);
}

/**
 * The first moment after a day in London, so that something that ends on that day is still valid in its last minute.
 */
export const endOfDay = (date: string): Date => startOfDay(addDays(date, 1));

/** `days` calendar days later, or earlier if negative. */
export const addDays = (date: string, days: number): string => Temporal.PlainDate.from(date).add({ days }).toString();

/** The same day `months` later; the last day of the month if it has no such day. */
export const addMonths = (date: string, months: number) => Temporal.PlainDate.from(date).add({ months }).toString();

/**
 * Working days after `from`, up to and including `to`: no Saturdays, Sundays or bank holidays. 0 if `to` is not later.
 * @param holidays days off, YYYY-MM-DD
 */
export function workingDaysBetween(from: string, to: string, holidays: ReadonlySet<string>): number {
  let count = 0;
  for (let date = addDays(from, 1); date <= to; date = addDays(date, 1)) if (isWorkingDay(date, holidays)) count++;
  return count;
}

/** The day that is `count` working days after `from`. */
export function addWorkingDays(from: string, count: number, holidays: ReadonlySet<string>): string {
  let date = from;
  for (let left = count; left > 0;) {
    date = addDays(date, 1);
    if (isWorkingDay(date, holidays)) left--;
  }
  return date;
}

/** The day so many working days before another: whatever fell due by it is at least that late. @param from YYYY-MM-DD */
export function workingDaysBefore(from: string, count: number, holidays: ReadonlySet<string>): string {
  let date = from;
  for (let left = count; left > 0; date = addDays(date, -1)) if (isWorkingDay(date, holidays)) left--;
  return date;
}

/** Office hours, in London: from nine to five on working days. Our own figure: no source gives one. */
const OFFICE_OPENS = "09:00";
const OFFICE_CLOSES = "17:00";

/**
 * The moment when this many office hours have passed since `at`; nights, weekends and holidays do not count.
 * @param hours more than 0
 * @param holidays days off, YYYY-MM-DD
 */
export function addWorkingHours(at: Date, hours: number, holidays: ReadonlySet<string>): Date {
  let left = hours * HOUR;
  for (let date = calendarDay(at); ; date = addDays(date, 1)) {
    if (!isWorkingDay(date, holidays)) continue;
    const begins = Math.max(momentAt(date, OFFICE_OPENS).getTime(), at.getTime());
    const here = momentAt(date, OFFICE_CLOSES).getTime() - begins;
    if (here <= 0) continue;
    if (left <= here) return new Date(begins + left);
    left -= here;
  }
}

const HOUR = 3_600_000;

/**
 * The moment when clocks in London show a time on a day; the first of two such moments, when clocks go back.
 * @param time "HH:MM", 24 hours
 */
export function momentAt(date: string, time: string): Date {
  const plainTime = Temporal.PlainTime.from(time);
  return new Date(Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: ZONE, plainTime }).epochMilliseconds);
}

/** What clocks in London show, "HH:MM", 24 hours. */
export const timeOfDay = (at: Date): string => clockTime.format(at);

/** Whether a day is a working day. @param holidays days off, YYYY-MM-DD */
export const isWorkingDay = (date: string, holidays: ReadonlySet<string>): boolean =>
  Temporal.PlainDate.from(date).dayOfWeek < 6 && !holidays.has(date);

/** Office hours by the clock on the wall: from 8:00 until before 17:00. Our own figure: no source gives one. */
const OFFICE_HOURS = { from: 8, until: 17 };

/**
 * Whether people are at work at this moment: office hours on a working day in London. @param holidays days off,
 * YYYY-MM-DD
 */
export function isOfficeTime(at: Date, holidays: ReadonlySet<string>): boolean {
  const { hour } = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(ZONE);
  return isWorkingDay(calendarDay(at), holidays) && hour >= OFFICE_HOURS.from && hour < OFFICE_HOURS.until;
}

const monthName = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", month: "long" });
const months = Array.from({ length: 12 }, (_, month) => monthName.format(Date.UTC(2000, month)));

/** A day or a month in words: "2023-11-22" → "22 November 2023", "2020-08" → "August 2020". */
export function dateInWords(date: string): string {
  const [year, month, dayOfMonth] = date.split("-");
  const name = months[Number(month) - 1] ?? month;
  return dayOfMonth ? `${Number(dayOfMonth)} ${name} ${year}` : `${name} ${year}`;
}

/** A moment in words, in London: "22 November 2026 at 9:14pm". */
export const momentInWords = (at: Date): string =>
  `${dateInWords(calendarDay(at))} at ${time.format(at).replace(/\s/g, "").toLowerCase()}`;

/** The last day of something that ends, exclusively, at this moment. */
export const lastDay = (endsAt: Date): string => calendarDay(new Date(endsAt.getTime() - 1));
