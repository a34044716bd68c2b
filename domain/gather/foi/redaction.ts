/**
 * What a pack for a freedom of information request says about exceptions: how many, and nothing that identifies
 * anybody.
 */
import { calendarDay, lastDay } from "#domain/base/calendar/calendar.ts";
import { levelOf, type RiskLevel } from "#domain/base/risk/risk.ts";

/** What a redacted exception is made from. */
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
export interface RedactedException {
  clauses: readonly string[];
  scope: "person" | "team" | "group";
  level: RiskLevel | null;
  from: string;
  until: string;
}

/** One line for each, sorted by content so that the order reveals nothing. */
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
