import { type Actor, can } from "#domain/access/permission/permission.ts";
import { addMonths, calendarDay, startOfDay } from "#domain/base/calendar/calendar.ts";
import type { IncidentKind } from "#domain/registers/incident/kind.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { deadlineOf, REPORT_WITHIN_HOURS } from "#domain/registers/incident/clock.ts";
import * as repository from "./repository.ts";
import { grouped } from "#domain/base/list/grouped.ts";
import { appInWords } from "#domain/registers/incident/step.ts";
import { readFromReplica } from "#server/base/db/replica.ts";

const MONTHS = 12;

/**
 * Closed cases of the last twelve months by month, the newest first, and kind; null for those who may not see them.
 * Small numbers need no protection, since officers see these cases anyway; cases withheld from officers are not
 * counted.
 */
export async function listClosedCounts(actor: Actor) {
  if (!can(actor, "governance.read", actor)) return null;
  const since = addMonths(`${clock.today().slice(0, 7)}-01`, 1 - MONTHS);
  const counts = new Map<string, { month: string; kind: IncidentKind; count: number }>();
  for (const { kind, closedAt } of await repository.listClosed(getDatabase(), actor.body, startOfDay(since))) {
    if (!closedAt) continue;
    const month = calendarDay(closedAt).slice(0, 7);
    const count = (counts.get(`${month} ${kind}`)?.count ?? 0) + 1;
    counts.set(`${month} ${kind}`, { month, kind, count });
  }
  return [...counts.values()].sort((a, b) => b.month.localeCompare(a.month) || a.kind.localeCompare(b.kind));
}

const HOUR_MS = 60 * 60_000;

/** How many cases were closed in a month, YYYY-MM, of one kind. */
export type ClosedCount = NonNullable<Awaited<ReturnType<typeof listClosedCounts>>>[number];

/** Counts the open cases that the actor handles; null for those who handle none. */
export async function countOpenCases(actor: Actor) {
  if (!can(actor, "incident.handle", actor)) return null;
  const reader = {
    personId: actor.personId,
    isOfficer: actor.roles.includes("governance-officer"),
    isSenior: actor.roles.includes("senior-information-risk-owner"),
  };
  const overSince = new Date(clock.now().getTime() - REPORT_WITHIN_HOURS * HOUR_MS);
  const counts = await repository.countOpenIncidents(getDatabase(), actor.body, reader, overSince);
  const { over, oneDay, twoDays, later, other, awareAt } = counts;
  // When the first clock ends; null if none runs.
  return { ...counts, all: over + oneDay + twoDays + later + other, deadline: awareAt && deadlineOf(awareAt) };
}

/**
 * Accidents and possible breaches by period, none left out. For what has authorised already.
 * @param starts of the periods, the oldest first; the last one is the end of all
 */
export async function readAccidentCounts(body: string, starts: readonly Date[]): Promise<repository.AccidentCount[]> {
  const found = await readFromReplica((tx) => repository.countAccidentsByPeriod(tx, body, starts));
  return starts
    .slice(0, -1)
    .map((_, period) => found.find((one) => one.period === period) ?? { period, accidents: 0, breaches: 0 });
}

/** The accidents of a period by kind, by app (null where not recorded), and how many may be about personal data. For what has authorised already. */
export async function readAccidentFigures(body: string, from: Date, until: Date) {
  const found = await readFromReplica((tx) => repository.countAccidentsByKindAndApp(tx, body, from, until));
  const sum = (rows: typeof found, of: "count" | "breaches") => rows.reduce((all, row) => all + row[of], 0);
  const by = <Name>(nameOf: (row: (typeof found)[number]) => Name) =>
    [...grouped(found, nameOf)].map(([name, rows]) => ({ name, count: sum(rows, "count") }));
  return { byKind: by(({ kind }) => kind), byApp: by(({ app }) => appInWords(app)), breaches: sum(found, "breaches") };
}
