/** The figures of a pack for a freedom of information request in words: on its page, in its files. */
import { SUPPRESSED_WORDS, type ShownCount } from "../acknowledgement/suppression.ts";
import { calendarDay, dateInWords } from "../calendar/calendar.ts";
import { RISK_LEVEL_WORDS } from "../exception/risk.ts";
import type { DayNotes } from "./day-notes.ts";
import type { RedactedException, RedactedExceptions } from "./redaction.ts";

interface Figures {
  /** YYYY-MM-DD */
  day: string;
  answers: { accepted: ShownCount; declined: ShownCount };
  exceptions: RedactedExceptions;
}

/** Each figure with what it counts. */
export function figuresInWords({ day, answers, exceptions }: Figures): { what: string; figure: string }[] {
  const date = dateInWords(day);
  return [
    { what: `Staff who had accepted the policy by the end of ${date}`, figure: inWords(answers.accepted) },
    { what: `Staff who had declined it and not accepted it by then`, figure: inWords(answers.declined) },
    { what: `Exceptions from it in force on ${date}`, figure: inWords(exceptions.count) },
  ];
}

/** What has to be known to read the figures. */
export function figureNotes(
  { tense, isBeforeService }: DayNotes,
  servedAt: Date,
  { lines }: RedactedExceptions,
): string[] {
  return [
    ...(tense === "today" ? ["The day is not over. The figures can still change."] : []),
    ...(isBeforeService
      ? [
          `The body's portal began to serve this version on ${dateInWords(calendarDay(servedAt))}, after that day. It has no answers to it from then.`,
        ]
      : []),
    "An acceptance counts if it was of this version, or of an earlier one from which no rule or duty changed. People who have left since are counted.",
    "Numbers under five, nought included, read “fewer than 5”. A number that would give such a one away reads “not shown”. In a small team a number can be a name.",
    ...(lines.length === 0
      ? [
          "Exceptions are listed one by one only where there are five or more, because the list would tell their number.",
        ]
      : []),
  ];
}

/** The columns of a redacted exception. */
export const EXCEPTION_COLUMNS = [
  { key: "clauses", label: "From clauses" },
  { key: "scope", label: "For" },
  { key: "level", label: "Risk that is left" },
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
    scope: scope === "person" ? "One person" : "A team",
    level: level === null ? "Not assessed" : RISK_LEVEL_WORDS[level],
    from: dateInWords(from),
    until: dateInWords(until),
  };
}

function inWords(count: ShownCount): string {
  return count.kind === "shown" ? String(count.count) : SUPPRESSED_WORDS[count.kind];
}
