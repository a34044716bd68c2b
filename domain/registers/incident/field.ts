/** Fields of the small forms of a report or a case, as data that is read and shown in one way. */
import { z } from "zod";
import { calendarDay, dateInWords, momentAt, momentInWords } from "#domain/base/calendar/calendar.ts";
import { type FieldProblem, type FormValues, readDate, readTime, textProblems } from "#domain/base/form/form-values.ts";

/** Longest text, in characters. */
export const LONGEST_INCIDENT_TEXT = 2000;

interface Asked {
  name: string;
  /** The question, or the label of the field. */
  ask: string;
  /** The label beside its answer. */
  short: string;
  help?: string;
}

/** A field; `missing` is the message if it is empty, and is left out if it may be empty. */
export type IncidentField =
  | (Asked & { kind: "one"; options: Readonly<Record<string, string>>; missing?: string; chosen?: string })
  | (Asked & { kind: "many"; options: Readonly<Record<string, string>>; missing?: string })
  | (Asked & { kind: "text"; lines: number; missing?: string })
  /** A day and time in the past. If left empty, it is `now` (just now), the moment of another field, or nothing. */
  | (Asked & { kind: "moment"; empty: "now" | "nothing"; missing?: string })
  | (Asked & { kind: "day"; missing?: string });

type More<Kind> = Omit<Extract<IncidentField, { kind: Kind }>, "kind" | "name" | "ask" | "short">;

export const chooseOne = (name: string, ask: string, short: string, more: More<"one">) =>
  ({ kind: "one", name, ask, short, ...more }) as const;
export const chooseMany = (name: string, ask: string, short: string, more: More<"many">) =>
  ({ kind: "many", name, ask, short, ...more }) as const;
/** @param more three lines, unless it says otherwise */
export const textField = (name: string, ask: string, short: string, more: Partial<More<"text">> = {}) =>
  ({ kind: "text", name, ask, short, lines: 3, ...more }) as const;
export const momentField = (name: string, ask: string, short: string, more: More<"moment">) =>
  ({ kind: "moment", name, ask, short, ...more }) as const;

/** The answers: codes, texts, moments in ISO 8601 (UTC), days YYYY-MM-DD; a list for several choices. */
export const valuesSchema = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
export type Values = z.infer<typeof valuesSchema>;

/** One answer as text; "" if there is none. */
export function valueOf(values: Values | undefined, name: string): string {
  const value = values?.[name] ?? "";
  return typeof value === "string" ? value : value.join(" ");
}

/** An answer that is a moment; null if there is none. */
export function momentOf(values: Values | undefined, name: string): Date | null {
  const text = valueOf(values, name);
  return text === "" ? null : new Date(text);
}

/**
 * Reads the fields of a form. Unknown options count as not chosen; empty answers are left out.
 * @param at the present moment
 */
export function readFields(form: FormValues, fields: readonly IncidentField[], at: Date) {
  const values: Values = {};
  const problems: FieldProblem[] = [];
  for (const field of fields) {
    const read = readField(form, field, at);
    problems.push(...read.problems);
    if (read.value.length > 0) values[field.name] = read.value;
  }
  return { values, problems };
}

interface Read {
  value: string | string[];
  problems: FieldProblem[];
}

function readField(form: FormValues, field: IncidentField, at: Date): Read {
  const { name, missing } = field;
  const empty: Read = { value: "", problems: missing === undefined ? [] : [{ field: name, message: missing }] };
  switch (field.kind) {
    case "one": {
      const value = form.text(name);
      return Object.hasOwn(field.options, value) ? { value, problems: [] } : empty;
    }
    case "many": {
      const sent = form.all(name);
      const value = Object.keys(field.options).filter((option) => sent.includes(option));
      return value.length > 0 ? { value, problems: [] } : empty;
    }
    case "text": {
      const value = form.text(name);
      return { value, problems: textProblems(name, value, missing ?? null, LONGEST_INCIDENT_TEXT) };
    }
    case "day": {
      const date = readDate(form, name, field.short.toLowerCase());
      if (date.kind === "wrong") return { value: "", problems: [{ field: name, message: date.message }] };
      return date.kind === "empty" ? empty : { value: date.day, problems: [] };
    }
    case "moment":
      return readMoment(form, field, at) ?? (field.empty === "now" ? { value: at.toISOString(), problems: [] } : empty);
  }
}

/** Ten years: an earlier date must be a mistyped year. */
const OLDEST = 10 * 366 * 24 * 3_600_000;

/** A day with a time, or only a time, which means today; null if both are empty. */
function readMoment(form: FormValues, { name, short }: IncidentField, at: Date): Read | null {
  const wrong = (field: string, message: string): Read => ({ value: "", problems: [{ field, message }] });
  const date = readDate(form, name, short.toLowerCase());
  const time = readTime(form.text(`${name}-time`), `The time of “${short.toLowerCase()}”`);
  if (date.kind === "wrong") return wrong(name, date.message);
  if (time.kind === "wrong") return wrong(`${name}-time`, time.message);
  if (date.kind === "empty" && time.kind === "empty") return null;
  if (time.kind === "empty") return wrong(`${name}-time`, "Add a time to the day. Roughly is enough.");
  const moment = momentAt(date.kind === "day" ? date.day : calendarDay(at), time.time);
  // The current minute is allowed.
  if (moment.getTime() > at.getTime() + 60_000) return wrong(name, `“${short}” must be in the past, or now.`);
  if (moment.getTime() < at.getTime() - OLDEST) return wrong(name, `Check the year of “${short.toLowerCase()}”.`);
  return { value: new Date(Math.min(moment.getTime(), at.getTime())).toISOString(), problems: [] };
}

/** The answers in words, in the order of the fields; `isText` marks free text. */
export const answersInWords = (fields: readonly IncidentField[], values: Values) =>
  fields.flatMap((field) => {
    const value = values[field.name];
    if (value === undefined || value.length === 0) return [];
    return [{ name: field.name, short: field.short, words: wordsOf(field, value), isText: field.kind === "text" }];
  });

function wordsOf(field: IncidentField, value: string | string[]): string {
  switch (field.kind) {
    case "one":
    case "many":
      return [value]
        .flat()
        .map((one) => field.options[one] ?? one)
        .join("; ");
    case "text":
      return [value].flat().join("\n");
    case "day":
      return [value].flat().map(dateInWords).join(", ");
    case "moment":
      return [value]
        .flat()
        .map((one) => momentInWords(new Date(one)))
        .join(", ");
  }
}

/** How far apart two submissions of one form may be for their "just now" to count as the same. */
const SAME_MOMENT = 60_000;

/** Whether two sets of answers are the same, in any order, as when a form is sent twice. */
export function isSameValues(one: Values | undefined, other: Values): boolean {
  if (!one) return false;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => {
    const [a, b] = [valueOf(one, name), valueOf(other, name)];
    if (a === b) return true;
    if (!MOMENT.test(a) || !MOMENT.test(b)) return false;
    return Math.abs(Date.parse(a) - Date.parse(b)) < SAME_MOMENT;
  });
}

const MOMENT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;
