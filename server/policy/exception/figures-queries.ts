import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { calendarDay, startOfDay } from "#domain/base/calendar/calendar.ts";
import { figuresOf, lastQuarters, type QuarterFigures } from "#domain/policy/exception/figures.ts";
import { daysOff } from "#server/base/calendar/days-off.ts";
import { clock } from "#server/base/clock.ts";
import { loadContent } from "#server/base/content/store.ts";
import { readFromReplica } from "#server/base/db/replica.ts";
import {
  countByDecidedDays,
  countByPolicyClause,
  countByRequestersTeam,
  countBySentDay,
  countOverdueConditions,
} from "./figures-repository.ts";

/** The teams with most decisions; the page says if there are more. */
export const MOST_FIGURE_TEAMS = 50;

export interface ExceptionFigures {
  /** The newest first. */
  quarters: readonly QuarterFigures[];
  /** Conditions of exceptions in force whose day has passed. */
  overdueConditions: number;
  /** Most decided first. */
  clauses: Awaited<ReturnType<typeof countByPolicyClause>>;
  teams: Awaited<ReturnType<typeof countByRequestersTeam>>;
  hasMoreTeams: boolean;
}

/** The figures of the body's exceptions, for those who may read the register; null for others. */
export async function getExceptionFigures(actor: Actor): Promise<ExceptionFigures | null> {
  if (!can(actor, "exception.read-register", actor)) return null;
  const { body } = actor;
  const now = clock.now();
  const today = calendarDay(now);
  const quarters = lastQuarters(today);
  const from = startOfDay(quarters.at(-1)?.from ?? today);
  const [sent, pairs, overdueConditions, clauses, teams] = await readFromReplica((tx) =>
    Promise.all([
      countBySentDay(tx, body, from),
      countByDecidedDays(tx, body, from),
      countOverdueConditions(tx, body, now, today),
      countByPolicyClause(tx, body, now),
      countByRequestersTeam(tx, body, now, MOST_FIGURE_TEAMS + 1),
    ]),
  );
  const found = (await loadContent()).bodies.find(({ slug }) => slug === body);
  const first = pairs.map(({ sentOn }) => sentOn).sort()[0] ?? today;
  return {
    quarters: figuresOf(quarters, sent, pairs, daysOff(found, first, today)),
    overdueConditions,
    clauses,
    teams: teams.slice(0, MOST_FIGURE_TEAMS),
    hasMoreTeams: teams.length > MOST_FIGURE_TEAMS,
  };
}
