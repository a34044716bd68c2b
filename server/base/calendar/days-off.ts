import "server-only";
import Holidays from "date-holidays";
import { addDays, addWorkingDays } from "#domain/base/calendar/calendar.ts";
import type { Body } from "#domain/policy/policy/body.ts";

/** The library's regions; a body that covers the whole United Kingdom has the holidays of England and Wales. */
const REGIONS = { england: "ENG", wales: "WLS", scotland: "SCT", "northern-ireland": "NIR", uk: "ENG" } as const;

const known = new Map<string, ReadonlySet<string>>();

/**
 * The days off of a body, weekends aside, in the years from `from` to the one after `to`, as days YYYY-MM-DD: the bank
 * holidays of its nation as content corrects them, and its closure days. The one place to ask wherever working days are
 * counted.
 * @param body null or undefined for one that content does not have: the United Kingdom's
 */
export function daysOff(
  body: Pick<Body, "nation" | "closureDays" | "bankHolidays"> | null | undefined,
  from: string,
  to: string,
): ReadonlySet<string> {
  const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4)) + 1];
  const days = new Set<string>();
  for (let year = first; year <= last; year++)
    for (const day of bankHolidaysOf(body?.nation ?? "uk", year)) days.add(day);
  for (const day of body?.bankHolidays?.removed ?? []) days.delete(day);
  for (const day of body?.bankHolidays?.added ?? []) days.add(day);
  for (const { firstDay, lastDay } of body?.closureDays ?? [])
    for (let day = firstDay; day <= lastDay; day = addDays(day, 1)) days.add(day);
  return days;
}

/** The day that is so many working days after another one in a body. @param from YYYY-MM-DD */
export function workingDayAfter(body: Parameters<typeof daysOff>[0], from: string, days: number): string {
  return addWorkingDays(from, days, daysOff(body, from, from));
}

function bankHolidaysOf(nation: Body["nation"], year: number): ReadonlySet<string> {
  const key = `${nation} ${year}`;
  const found = known.get(key);
  if (found) return found;
  const days = new Set(
    new Holidays("GB", REGIONS[nation])
      .getHolidays(year)
      .filter(({ type }) => type === "public" || type === "bank")
      .map(({ date }) => date.slice(0, 10)),
  );
  known.set(key, days);
  return days;
}
