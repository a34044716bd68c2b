import Holidays from "date-holidays";
import { addDays, addWorkingDays } from "#domain/base/calendar/calendar.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import { NATIONS } from "#domain/policy/policy/days-off.ts";

/** The library's regions; a body that covers the whole United Kingdom has the holidays of England and Wales. */
const REGIONS = { england: "ENG", wales: "WLS", scotland: "SCT", "northern-ireland": "NIR", uk: "ENG" } as const;

const known = new Map<string, ReadonlySet<string>>();

type Calendar = Pick<Body, "nation" | "closureDays" | "bankHolidays"> | null | undefined;

/**
 * The days off of a body, weekends aside, in the years from `from` to the one after `to`, as days YYYY-MM-DD: the bank
 * holidays of its nation as content corrects them, and its closure days. The one place to ask wherever working days are
 * counted, but for the clocks that a law sets: see `daysOffInLaw`.
 * @param body null or undefined for one that content does not have: the United Kingdom's
 */
export function daysOff(body: Calendar, from: string, to: string): ReadonlySet<string> {
  const days = bankHolidays(body, [body?.nation ?? "uk"], from, to);
  for (const { firstDay, lastDay } of body?.closureDays ?? [])
    for (let day = firstDay; day <= lastDay; day = addDays(day, 1)) days.add(day);
  return days;
}

/**
 * The days off by which a law counts, whether or not the body is closed: for requests for information, bank holidays in
 * any part of the United Kingdom (FOIA s.10(6), EIR regulation 2), and for a Scottish authority those of Scotland (FOISA
 * s.73); for requests about personal data, those of the body's nation.
 */
export function daysOffInLaw(body: Calendar, about: "information" | "personal-data", from: string, to: string) {
  const nation = body?.nation ?? "uk";
  const isAnywhere = about === "information" && nation !== "scotland";
  return bankHolidays(body, isAnywhere ? NATIONS : [nation], from, to);
}

function bankHolidays(body: Calendar, nations: readonly Body["nation"][], from: string, to: string): Set<string> {
  const days = new Set<string>();
  for (const nation of nations) {
    const { added = [], removed = [] } = body?.bankHolidays?.[nation] ?? {};
    for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)) + 1; year++)
      for (const day of bankHolidaysOf(nation, year)) if (!removed.includes(day)) days.add(day);
    for (const day of added) days.add(day);
  }
  return days;
}

/** The day that is so many working days after another one in a body. @param from YYYY-MM-DD */
export const workingDayAfter = (body: Parameters<typeof daysOff>[0], from: string, days: number): string =>
  addWorkingDays(from, days, daysOff(body, from, from));

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
