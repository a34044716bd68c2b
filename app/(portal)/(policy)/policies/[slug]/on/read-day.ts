import { isDay } from "#domain/base/calendar/calendar.ts";
import { FormValues, readDate } from "#domain/base/form/form-values.ts";
import type { DatePart } from "#app/_ui/fields.tsx";

/** A day as it was typed, valid or not. */
export type TypedDay = Partial<Record<DatePart, string>>;

type ReadDay =
  | { kind: "empty" }
  | { kind: "day"; day: string }
  /** `message` says what to do; the fields keep what was typed. */
  | { kind: "wrong"; message: string; typed: TypedDay };

/** Reads a day from an address: /policies/model/on?on-day=3&on-month=3&on-year=2026 */
export function readDayQuery(query: Readonly<Record<string, string | string[] | undefined>>): ReadDay {
  const entries = Object.entries(query).map(([name, value]): [string, unknown] => [name, [value ?? []].flat().at(-1)]);
  const form = FormValues.from(entries);
  const date = readDate(form, "on", "the day");
  if (date.kind !== "wrong") return date;
  const typed = { day: form.text("on-day"), month: form.text("on-month"), year: form.text("on-year") };
  return { ...date, typed };
}

/** Reads a day from an address: /policies/model/on/2026-03-03 */
export function readDayPart(part: string): Exclude<ReadDay, { kind: "empty" }> {
  if (isDay(part)) return { kind: "day", day: part };
  const [, year = "", month = "", day = ""] = /^(\d{1,4})-(\d{1,2})-(\d{1,2})$/.exec(part) ?? [];
  return { kind: "wrong", message: "Enter a day that exists, such as 3 3 2026.", typed: { day, month, year } };
}
