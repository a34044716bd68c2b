import "server-only";
import Holidays from "date-holidays";
import type { Body } from "#domain/policy/policy/body.ts";

/** The library's regions; a body that covers the whole United Kingdom has the holidays of England and Wales. */
const REGIONS = { england: "ENG", wales: "WLS", scotland: "SCT", "northern-ireland": "NIR", uk: "ENG" } as const;

const known = new Map<string, ReadonlySet<string>>();

/** The bank holidays of a nation in the years from `from` to `to`, as days YYYY-MM-DD. */
export function bankHolidays(nation: Body["nation"], from: string, to: string): ReadonlySet<string> {
  const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))];
  const days = new Set<string>();
  for (let year = first; year <= last; year++) for (const day of daysOf(nation, year)) days.add(day);
  return days;
}

function daysOf(nation: Body["nation"], year: number): ReadonlySet<string> {
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
