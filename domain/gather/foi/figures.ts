/** The figures of a pack for a freedom of information request, in words, for its page and its files. */
import { calendarDay, dateInWords, lastDay } from "#domain/base/calendar/calendar.ts";
import { levelOf, RISK_LEVEL_WORDS } from "#domain/base/risk/risk.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { shownAlone } from "#domain/gather/board/share.ts";
import { figureInWords } from "#domain/gather/figure/figure.ts";
import { SMALLEST_SHOWN } from "#domain/policy/acknowledgement/suppression.ts";

interface Figures {
  day: string;
  /** How many staff had accepted. */
  accepted: number;
  exceptions: readonly RedactedException[];
}

/** The exceptions that are listed: none where so few would tell how many there are, and perhaps whose. */
export const listedExceptions = <Line>(exceptions: readonly Line[]): readonly Line[] =>
  exceptions.length < SMALLEST_SHOWN ? [] : exceptions;

/** Each figure with what it counts. */
export function figuresInWords({ day, accepted, exceptions }: Figures): { what: string; figure: string }[] {
  const date = dateInWords(day);
  return [
    { what: `Staff who had accepted the policy by the end of ${date}`, figure: figureInWords(shownAlone(accepted)) },
    { what: `Exceptions from it in force on ${date}`, figure: figureInWords(shownAlone(exceptions.length)) },
  ];
}

/** What readers must know to understand the figures. */
export const figureNotes = ({ tense, isBeforeService }: DayNotes, servedAt: Date): string[] => [
  ...(tense === "today" ? ["The day is not over. The figures can still change."] : []),
  ...(isBeforeService
    ? [
        `The body's portal began to serve this version on ${dateInWords(calendarDay(servedAt))}, after that day. It has no answers to it from then.`,
      ]
    : []),
  "An acceptance counts if it was of this version, or of an earlier one from which no rule or duty changed. People who have left since are counted.",
  "Exceptions are listed without names, teams, references, reasons and days; fewer than five are not listed.",
];

/** The columns of a redacted exception. */
export const EXCEPTION_COLUMNS = [
  { key: "clauses", label: "From clauses" },
  { key: "scope", label: "For" },
  { key: "level", label: "Remaining risk" },
  { key: "from", label: "From" },
  { key: "until", label: "Until" },
] as const;

export const exceptionInWords = ({ clauses, scope, level, from, until }: RedactedException) => ({
  clauses: clauses.join(", "),
  scope: { person: "One person", team: "A team", group: "A chat group" }[scope],
  level: level === null ? "Not assessed" : RISK_LEVEL_WORDS[level],
  from: dateInWords(from),
  until: dateInWords(until),
});

/** What readers must be told about a version shown for a day: whether it was in force, and how certain that is. */
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

/** @param day calendar day asked about, YYYY-MM-DD @param servedAt when this portal first served the version */
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
  if (tense === "past") return `This applied on ${date}: version ${version}`;
  if (tense === "today") return `This applies today, ${date}: version ${version}`;
  return `This will apply on ${date}, as far as is known today: version ${version}`;
}

/** What readers must know about a version without a first day; null for any other. */
export function startNote({ hasNoStart }: DayNotes, servedAt: Date): string | null {
  if (!hasNoStart) return null;
  return `This version does not say from when it applies. This portal has served it since ${dateInWords(calendarDay(servedAt))}.`;
}

/** What a redacted exception is made from: a pack says how many there are, and nothing that identifies anybody. */
export interface PermittedException {
  clauses: readonly string[];
  scope: "person" | "team" | "group";
  /** Largest likelihood × impact after mitigation, 1 to 25; null without risks. */
  residual: number | null;
  startsAt: Date;
  /** When it ends, exclusive. */
  endsAt: Date;
}

/** An exception without names, teams, references or reasons; its times are months, YYYY-MM. */
export type RedactedException = ReturnType<typeof redacted>;

/** One line for each, sorted by content so that the order reveals nothing. */
export const redactExceptions = (found: readonly PermittedException[]): RedactedException[] =>
  found.map(redacted).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

function redacted({ clauses, scope, residual, startsAt, endsAt }: PermittedException) {
  const level = residual === null ? null : levelOf(residual);
  return { clauses, scope, level, from: calendarDay(startsAt).slice(0, 7), until: lastDay(endsAt).slice(0, 7) };
}
