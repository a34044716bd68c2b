import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { addMonths, calendarDay, startOfDay } from "#domain/base/calendar/calendar.ts";
import type { IncidentKind } from "#domain/registers/incident/kind.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { deadlineOf, REPORT_WITHIN_HOURS } from "#domain/registers/incident/clock.ts";
import { countOpenIncidents, listClosed, type OpenIncidentCounts } from "./repository.ts";

const MONTHS = 12;

/** How many cases were closed in a month, YYYY-MM, of one kind. */
export interface ClosedCount {
  month: string;
  kind: IncidentKind;
  count: number;
}

/**
 * Closed cases of the last twelve months by month, the newest first, and kind; null for those who may not see them.
 * Small numbers need no protection, since officers see these cases anyway; cases withheld from officers are not
 * counted.
 */
export async function listClosedCounts(actor: Actor): Promise<ClosedCount[] | null> {
  if (!can(actor, "governance.read", actor)) return null;
  const since = addMonths(`${calendarDay(clock.now()).slice(0, 7)}-01`, 1 - MONTHS);
  const counts = new Map<string, ClosedCount>();
  for (const { kind, closedAt } of await listClosed(getDatabase(), actor.body, startOfDay(since))) {
    if (!closedAt) continue;
    const month = calendarDay(closedAt).slice(0, 7);
    const count = (counts.get(`${month} ${kind}`)?.count ?? 0) + 1;
    counts.set(`${month} ${kind}`, { month, kind, count });
  }
  return [...counts.values()].sort((a, b) => b.month.localeCompare(a.month) || a.kind.localeCompare(b.kind));
}

/** The open cases that somebody handles, by what is left of the 72 hours. */
export interface OpenCases extends OpenIncidentCounts {
  all: number;
  /** When the first clock ends; null if none runs. */
  deadline: Date | null;
}

const HOUR_MS = 60 * 60_000;

/** Counts the open cases that the actor handles; null for those who handle none. */
export async function countOpenCases(actor: Actor): Promise<OpenCases | null> {
  if (!can(actor, "incident.handle", actor)) return null;
  const reader = {
    personId: actor.personId,
    isOfficer: actor.roles.includes("governance-officer"),
    isSenior: actor.roles.includes("senior-information-risk-owner"),
  };
  const overSince = new Date(clock.now().getTime() - REPORT_WITHIN_HOURS * HOUR_MS);
  const counts = await countOpenIncidents(getDatabase(), actor.body, reader, overSince);
  const { over, oneDay, twoDays, later, other, awareAt } = counts;
  return { ...counts, all: over + oneDay + twoDays + later + other, deadline: awareAt && deadlineOf(awareAt) };
}
