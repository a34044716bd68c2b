/** What readers must be told about a version shown for a day: whether it was in force, and how certain that is. */
import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";

export interface DayNotes {
  /** The day compared with today: a future one can still change. */
  tense: "past" | "today" | "future";
  /** True if the version does not say when it took effect and the portal was not serving it yet: nobody can tell. */
  isUnsure: boolean;
  /** True if the version does not say when it took effect. */
  hasNoStart: boolean;
  /** True if the portal began to serve the version after that day, so it has no answers to it from then. */
  isBeforeService: boolean;
}

/**
 * @param day calendar day asked about, YYYY-MM-DD
 * @param servedAt when this portal first served the version
 */
export function dayNotes(
  { frontMatter: { effective } }: Pick<PolicyVersion, "frontMatter">,
  day: string,
  today: string,
  servedAt: Date,
): DayNotes {
  const hasNoStart = effective === null;
  const isBeforeService = day < calendarDay(servedAt);
  const tense = day < today ? "past" : day === today ? "today" : "future";
  return { tense, hasNoStart, isBeforeService, isUnsure: hasNoStart && isBeforeService };
}

/** The version and the day in one line: "This held on 3 March 2026: version 1.0". */
export function headlineOf({ tense, isUnsure }: DayNotes, day: string, version: string): string {
  const date = dateInWords(day);
  if (isUnsure) return `Version ${version} may have applied on ${date}`;
  switch (tense) {
    case "past":
      return `This applied on ${date}: version ${version}`;
    case "today":
      return `This applies today, ${date}: version ${version}`;
    case "future":
      return `This will apply on ${date}, as far as is known today: version ${version}`;
  }
}

/** What readers must know about a version without a first day; null for any other. */
export function startNote({ hasNoStart }: DayNotes, servedAt: Date): string | null {
  if (!hasNoStart) return null;
  return `This version does not say from when it applies. This portal has served it since ${dateInWords(calendarDay(servedAt))}.`;
}
