import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { grouped } from "#domain/base/list/grouped.ts";
import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import { MOST_TASKS, type Task } from "#domain/gather/task/task.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { listEnded, listEndedOfLeavers } from "./repository.ts";

/**
 * Photo consents that have ended, until somebody says that the picture is no longer used: tasks of who recorded them, or
 * of governance officers where that person has left.
 */
export async function listConsentTasks(actor: Actor): Promise<Task[]> {
  return (await listConsentTasksOf([actor])).get(actor.personId) ?? [];
}

/** The same for many people of one body, by person. */
export async function listConsentTasksOf(actors: readonly Actor[]): Promise<Map<string, Task[]>> {
  const [first] = actors;
  if (!first) return new Map();
  const ids = actors.map(({ personId }) => personId);
  const [ended, ...ofLeavers] = await Promise.all([
    listEnded(getDatabase(), first.body, ids, calendarDay(clock.now())),
    ...actors.map(leaverTasks),
  ]);
  const own = grouped(ended, ({ personId }) => personId);
  return new Map(ids.map((id, at) => [id, [...(own.get(id) ?? []).map(toTask), ...(ofLeavers[at] ?? [])]]));
}

async function leaverTasks(actor: Actor): Promise<Task[]> {
  if (!can(actor, "photo-consent.read-all", actor)) return [];
  const consents = await listEndedOfLeavers(getDatabase(), actor.body, calendarDay(clock.now()), MOST_TASKS + 1);
  return consents.map(toTask);
}

function toTask({ reference, until }: { reference: string; until: string }): Task {
  return {
    kind: "end-photo-use",
    key: `end-photo-use ${reference}`,
    href: `/photos/${reference}`,
    title: `Stop using the picture of ${reference}, or get a new consent`,
    reason: `The consent ended on ${dateInWords(until)}.`,
    due: until,
  };
}
