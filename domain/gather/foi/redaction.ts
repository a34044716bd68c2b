/** What a pack for a freedom of information request says of exceptions: how many, and nothing that leads to a person. */
import { calendarDay, lastDay } from "#domain/base/calendar/calendar.ts";
import { levelOf, type RiskLevel } from "#domain/base/risk/risk.ts";

/** What a redacted exception is made from. */
export interface PermittedException {
  clauses: readonly string[];
  scope: "person" | "team";
  /** Largest likelihood × impact after mitigation, 1 to 25; null without risks. */
  residual: number | null;
  startsAt: Date;
  /** The first moment at which it no longer holds. */
  endsAt: Date;
}

/** An exception without names, teams, references and reasons; its times are months, YYYY-MM. */
export interface RedactedException {
  clauses: readonly string[];
  scope: "person" | "team";
  level: RiskLevel | null;
  from: string;
  until: string;
}

/** One line for each, sorted by what they say, so that their order tells nothing. */
export function redactExceptions(found: readonly PermittedException[]): RedactedException[] {
  return found
    .map(({ clauses, scope, residual, startsAt, endsAt }): RedactedException => {
      const level = residual === null ? null : levelOf(residual);
      return { clauses, scope, level, from: calendarDay(startsAt).slice(0, 7), until: lastDay(endsAt).slice(0, 7) };
    })
    .map((line) => ({ line, key: JSON.stringify(line) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ line }) => line);
}
