import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { addMonths, calendarDay, startOfDay } from "#domain/base/calendar/calendar.ts";
import type { IncidentKind } from "#domain/registers/incident/kind.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { listClosed } from "./repository.ts";

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
