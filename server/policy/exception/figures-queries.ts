import { type Actor, can } from "#domain/access/permission/permission.ts";
import { calendarDay, startOfDay } from "#domain/base/calendar/calendar.ts";
import { figuresOf, lastQuarters, publishedLines, readPublishedYear } from "#domain/policy/exception/figures.ts";
import { daysOff } from "#server/base/calendar/days-off.ts";
import { clock } from "#server/base/clock.ts";
import { loadContent } from "#server/base/content/store.ts";
import { readFromReplica } from "#server/base/db/replica.ts";
import * as figuresRepository from "./figures-repository.ts";
import type { DayEnd } from "#domain/base/calendar/day-end.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { getOwnBody, listOwnCurrent } from "#server/policy/policy/queries.ts";

/** The teams with most decisions; the page says if there are more. */
export const MOST_FIGURE_TEAMS = 50;

export type ExceptionFigures = NonNullable<Awaited<ReturnType<typeof getExceptionFigures>>>;

/** The figures of the body's exceptions, for those who may read the register; null for others. */
export async function getExceptionFigures(actor: Actor) {
  if (!can(actor, "exception.read-register", actor)) return null;
  const { body } = actor;
  const now = clock.now();
  const today = calendarDay(now);
  const quarters = lastQuarters(today);
  const from = startOfDay(quarters.at(-1)?.from ?? today);
  const [sent, missed, pairs, overdueConditions, clauses, teams] = await readFromReplica((tx) =>
    Promise.all([
      figuresRepository.countBySentDay(tx, body, from),
      figuresRepository.countByMissedDay(tx, body, from, today),
      figuresRepository.countByDecidedDays(tx, body, from),
      figuresRepository.countOverdueConditions(tx, body, now, today),
      figuresRepository.countByPolicyClause(tx, body, now),
      figuresRepository.countByRequestersTeam(tx, body, now, MOST_FIGURE_TEAMS + 1),
    ]),
  );
  const found = (await loadContent()).bodies.find(({ slug }) => slug === body);
  const first = pairs.map(({ sentOn }) => sentOn).sort()[0] ?? today;
  return {
    /** The newest first. */
    quarters: figuresOf(quarters, { sent, missed, pairs }, daysOff(found, first, today)),
    /** Conditions of exceptions in force whose day has passed. */
    overdueConditions,
    /** Most decided first, as are the teams. */
    clauses,
    teams: teams.slice(0, MOST_FIGURE_TEAMS),
    hasMoreTeams: teams.length > MOST_FIGURE_TEAMS,
  };
}

/**
 * The exceptions of a body at the ends of some days, and how many were decided from the first to the last. For what has
 * authorised already. @param from the beginning of all
 */
export async function readExceptionsAtMoments(body: string, moments: readonly DayEnd[], from: Date) {
  const until = moments.at(-1)?.at ?? from;
  return readFromReplica(async (tx) => {
    const [at, decided] = await Promise.all([
      figuresRepository.countExceptionsAt(tx, body, moments),
      figuresRepository.countDecisionsBetween(tx, body, from, until),
    ]);
    return { at, ...decided };
  });
}

/**
 * How many sent requests, and how many declined ones, named each clause of a version: clause → count. The caller
 * authorises: the counts of a body are shown with `clause.read-counts` (server/policy/question/queries.ts).
 */
export async function countByClause(on: { body: string; policy: string; version: string; hash: string }) {
  const found = await figuresRepository.countAskedByClause(getDatabase(), on);
  return {
    asked: new Map(found.map(({ clause, asked }) => [clause, asked])),
    refused: new Map(found.filter(({ refused }) => refused > 0).map(({ clause, refused }) => [clause, refused])),
  };
}

/** Whether the actor may save the register for publication, and their body publishes it. */
export const mayPublishRegister = async (actor: Actor): Promise<boolean> =>
  can(actor, "exception.publish-register", actor) && ((await getOwnBody(actor))?.publishExceptions ?? false);

/**
 * The years whose register the actor may save for publication, the latest first: the last one, and each before in which
 * something was decided. None for those who may not, and where the body does not publish it.
 */
export async function listPublishedYears(actor: Actor): Promise<number[]> {
  if (!(await mayPublishRegister(actor))) return [];
  const today = clock.today();
  const decided = await figuresRepository.listDecidedYears(getDatabase(), actor.body);
  const over = [null, ...decided.map(String)].flatMap((year) => readPublishedYear(year, today) ?? []);
  return [...new Set(over)].sort((a, b) => b - a);
}

/**
 * The register of a year as the body publishes it; null for those who may not save it, where the body does not publish
 * it, and for a year that is not over. @param typed the year in the address; the last one if null
 */
export async function getPublishedRegister(actor: Actor, typed: string | null) {
  if (!(await mayPublishRegister(actor))) return null;
  const year = readPublishedYear(typed, clock.today());
  if (year === null) return null;
  const [from, until] = [startOfDay(`${year}-01-01`), startOfDay(`${year + 1}-01-01`)];
  const counts = await readFromReplica((tx) => figuresRepository.countDecidedBetween(tx, actor.body, from, until));
  const titles = new Map((await listOwnCurrent(actor)).map(({ slug, frontMatter }) => [slug, frontMatter.title]));
  const lines = publishedLines(counts).map((line) => ({ ...line, title: titles.get(line.policy) ?? line.policy }));
  return { year, lines };
}
