import { isDay } from "#domain/base/calendar/calendar.ts";

/**
 * What a form sent, as text that can be stored and shown: bad bytes, line ends and white space are dealt with here
 * only.
 */

/** Text that both PostgreSQL and browsers accept: no NUL, no lone surrogates, line ends as \n. */
export const cleanText = (text: string): string => text.replaceAll("\0", "").toWellFormed().replace(/\r\n?/g, "\n");

/** Number of characters as people count them: an emoji of one code point is one. */
export const lengthOf = (text: string): number => [...text].length;

/** Read access to the fields of a submitted form. Unknown names read as empty. */
export class FormValues {
  constructor(readonly values: Readonly<Record<string, readonly string[]>>) {}

  static from(entries: Iterable<[string, unknown]>): FormValues {
    const values: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
    for (const [name, value] of entries) {
      if (typeof value !== "string") continue; // a file: none of our forms has one
      (values[cleanText(name)] ??= []).push(cleanText(value));
    }
    return new FormValues(values);
  }

  /** The last value of a field, trimmed; "" if there is none. */
  text(name: string): string {
    return (this.values[name]?.at(-1) ?? "").trim();
  }

  /** Every value of a field, for check boxes. */
  all(name: string): readonly string[] {
    return this.values[name] ?? [];
  }
}

/** What is wrong in a form, in words that say how to correct it. */
export interface FieldProblem {
  /** Name of the form field, which is also its id on the page. */
  field: string;
  message: string;
}

/**
 * What is wrong with a text: missing although required, or too long.
 * @param missing what to say if it is empty; null if it may be
 * @param most characters as people count them
 */
export function textProblems(field: string, text: string, missing: string | null, most: number): FieldProblem[] {
  if (text === "") return missing === null ? [] : [{ field, message: missing }];
  const length = lengthOf(text);
  if (length <= most) return [];
  const count = (number: number) => number.toLocaleString("en-GB");
  return [{ field, message: `Shorten this to ${count(most)} characters. It has ${count(length)}.` }];
}

/** A problem of a field, if that is wrong; otherwise none. */
export const problemIf = (isWrong: boolean, field: string, message: string) => (isWrong ? [{ field, message }] : []);

/** A day as people type it into three fields: day, month, year. */
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
export const dayOf = (typed: TypedDate): string | null => (typed.kind === "day" ? typed.day : null);

/** What is wrong with a day as it was typed. @param missing what to say if it is empty; null if it may be */
export function dayProblems(field: string, typed: TypedDate, missing: string | null): FieldProblem[] {
  if (typed.kind === "wrong") return [{ field, message: typed.message }];
  return typed.kind === "empty" && missing !== null ? [{ field, message: missing }] : [];
}

/** The same of several days, by their fields. @param missing what to say of each that has to be given */
export const problemsOfDays = <Name extends string>(
  days: Readonly<Record<Name, TypedDate>>,
  missing: Partial<Readonly<Record<Name, string>>> = {},
): FieldProblem[] =>
  (Object.keys(days) as Name[]).flatMap((field) => dayProblems(field, days[field], missing[field] ?? null));

/** A time of day as people type it: "14:30", "2.30pm", "1430", "9 am", "noon". */

export type TypedTime =
  | { kind: "empty" }
  /** `time`: "HH:MM", 24 hours. */
  | { kind: "time"; time: string }
  | { kind: "wrong"; message: string };

const WORDS: Readonly<Record<string, string>> = { noon: "12:00", midday: "12:00", midnight: "00:00" };
const SHAPE = /^(\d{1,2})(?:[:.]?(\d{2}))?(am|pm)?$/;

/** @param what the time's name in messages: "The time" */
export function readTime(typed: string, what: string): TypedTime {
  const text = typed
    .toLowerCase()
    .replace(/[\s\u00a0]+/g, "")
    .replace(/([ap])\.m\.?$/, "$1m");
  if (text === "") return { kind: "empty" };
  const word = WORDS[text];
  if (word) return { kind: "time", time: word };
  const wrong: TypedTime = { kind: "wrong", message: `${what} must be a time of day, such as 14:30 or 2:30pm.` };
  const [, hours = "", minutes = "00", half] = SHAPE.exec(text) ?? [];
  const [hour, minute] = [Number(hours), Number(minutes)];
  if (hours === "" || minute > 59 || hour > 23 || (half && (hour < 1 || hour > 12))) return wrong;
  const whole = half ? (hour % 12) + (half === "pm" ? 12 : 0) : hour;
  return { kind: "time", time: `${String(whole).padStart(2, "0")}:${String(minute).padStart(2, "0")}` };
}
