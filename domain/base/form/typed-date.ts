/** A day as people type it into three fields: day, month, year. */
import { isDay } from "#domain/base/calendar/calendar.ts";
import type { FieldProblem } from "./field-problem.ts";
import type { FormValues } from "./form-values.ts";

export type TypedDate =
  | { kind: "empty" }
  | { kind: "day"; day: string }
  /** `message` says what to do; the fields keep what was typed. */
  | { kind: "wrong"; message: string };

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/**
 * Reads the fields `name-day`, `name-month` and `name-year`. A month may be a number or its name.
 * @param what the date's name in messages: "the last day"
 */
export function readDate(form: FormValues, name: string, what: string): TypedDate {
  const [day, month, year] = ["day", "month", "year"].map((part) => form.text(`${name}-${part}`)) as [
    string,
    string,
    string,
  ];
  if (!day && !month && !year) return { kind: "empty" };
  const missing = [!day && "day", !month && "month", !year && "year"].filter((part) => part !== false);
  const label = `${what.charAt(0).toUpperCase()}${what.slice(1)}`;
  if (missing.length > 0) return { kind: "wrong", message: `${label} must have a ${missing.join(" and a ")}.` };
  const named = MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1;
  const number = /^\d{1,2}$/.test(month) ? Number(month) : named;
  const text = `${year}-${String(number).padStart(2, "0")}-${day.padStart(2, "0")}`;
  if (!/^\d{4}$/.test(year))
    return { kind: "wrong", message: `${label} must have a year of four digits, such as 2027.` };
  if (!/^\d{1,2}$/.test(day) || !isDay(text))
    return { kind: "wrong", message: `${label} must be a day that exists, such as 27 3 2027.` };
  return { kind: "day", day: text };
}

/** The day itself; null if there is none, or it does not exist. */
export function dayOf(typed: TypedDate): string | null {
  return typed.kind === "day" ? typed.day : null;
}

/** What is wrong with a day as it was typed. @param missing what to say if it is empty; null if it may be */
export function dayProblems(field: string, typed: TypedDate, missing: string | null): FieldProblem[] {
  if (typed.kind === "wrong") return [{ field, message: typed.message }];
  return typed.kind === "empty" && missing !== null ? [{ field, message: missing }] : [];
}

/** The same of several days, by their fields. @param missing what to say of each that has to be given */
export function problemsOfDays<Name extends string>(
  days: Readonly<Record<Name, TypedDate>>,
  missing: Partial<Readonly<Record<Name, string>>> = {},
): FieldProblem[] {
  return (Object.keys(days) as Name[]).flatMap((field) => dayProblems(field, days[field], missing[field] ?? null));
}
