/** The figures of a pack for a freedom of information request, in words, for its page and its files. */
import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import { shownAlone } from "#domain/gather/board/share.ts";
import { figureInWords } from "#domain/gather/figure/figure.ts";
import { SMALLEST_SHOWN } from "#domain/policy/acknowledgement/suppression.ts";
import { RISK_LEVEL_WORDS } from "#domain/base/risk/risk.ts";
import type { DayNotes } from "./day-notes.ts";
import type { RedactedException } from "./redaction.ts";

interface Figures {
  /** YYYY-MM-DD */
  day: string;
  /** How many staff had accepted. */
  accepted: number;
  exceptions: readonly RedactedException[];
}

/** The exceptions that are listed: none where so few would tell how many there are, and perhaps whose. */
export function listedExceptions<Line>(exceptions: readonly Line[]): readonly Line[] {
  return exceptions.length < SMALLEST_SHOWN ? [] : exceptions;
}

/** Each figure with what it counts. */
export function figuresInWords({ day, accepted, exceptions }: Figures): { what: string; figure: string }[] {
  const date = dateInWords(day);
  return [
    { what: `Staff who had accepted the policy by the end of ${date}`, figure: figureInWords(shownAlone(accepted)) },
    { what: `Exceptions from it in force on ${date}`, figure: figureInWords(shownAlone(exceptions.length)) },
  ];
}

/** What readers must know to understand the figures. */
export function figureNotes({ tense, isBeforeService }: DayNotes, servedAt: Date): string[] {
  return [
    ...(tense === "today" ? ["The day is not over. The figures can still change."] : []),
    ...(isBeforeService
      ? [
          `The body's portal began to serve this version on ${dateInWords(calendarDay(servedAt))}, after that day. It has no answers to it from then.`,
        ]
      : []),
    "An acceptance counts if it was of this version, or of an earlier one from which no rule or duty changed. People who have left since are counted.",
    "Exceptions are listed without names, teams, references, reasons and days; fewer than five are not listed.",
  ];
}

/** The columns of a redacted exception. */
export const EXCEPTION_COLUMNS = [
  { key: "clauses", label: "From clauses" },
  { key: "scope", label: "For" },
  { key: "level", label: "Remaining risk" },
  { key: "from", label: "From" },
  { key: "until", label: "Until" },
] as const;

export function exceptionInWords({
  clauses,
  scope,
  level,
  from,
  until,
}: RedactedException): Record<(typeof EXCEPTION_COLUMNS)[number]["key"], string> {
  return {
    clauses: clauses.join(", "),
    scope: { person: "One person", team: "A team", group: "A chat group" }[scope],
    level: level === null ? "Not assessed" : RISK_LEVEL_WORDS[level],
    from: dateInWords(from),
    until: dateInWords(until),
  };
}
