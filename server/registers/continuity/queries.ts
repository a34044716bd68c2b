import { cache } from "react";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import { mapPage, type PageCursor } from "#domain/base/list/page.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { listCorrections } from "#server/registers/correction/queries.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { readPage } from "#server/base/db/list-page.ts";
import * as repository from "./repository.ts";
import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import { reviewDay } from "#domain/registers/continuity/activity.ts";
import { newTask, type Task } from "#domain/gather/task/task.ts";
import { clock } from "#server/base/clock.ts";

/**
 * The activity that the actor's body has declared now; null if there is none. Queried once per request, since every
 * page shows it.
 */
export const getCurrentActivity = cache(async (actor: Actor) => {
  const activity = await repository.findCurrentActivity(getDatabase(), actor.body);
  return activity && { reference: activity.reference, title: activity.title, startedAt: activity.startedAt };
});

/** The parts of an activity that everybody in the body may see. */
export type ActivityInShort = NonNullable<Awaited<ReturnType<typeof getCurrentActivity>>>;

/** One activity of the actor's body; null if the reference is unknown or belongs to another body. */
export async function getActivity(actor: Actor, typed: string) {
  const reference = parseReference("CON", typed);
  const activity = reference && (await repository.findActivity(getDatabase(), actor.body, reference));
  if (!activity || !can(actor, "portal.use", activity)) return null;
  const view = viewFor(actor, activity);
  const corrections = view.record ? await listCorrections(actor, activity.reference) : [];
  return { ...view, mayCorrect: can(actor, "continuity.declare", activity), corrections };
}

/** A page of the activities of the body, the newest first; null for those who may not see them. */
export async function getHistory(actor: Actor, cursor: PageCursor) {
  if (!can(actor, "continuity.read-history", actor)) return null;
  const page = await readPage(repository.activityList(getDatabase(), actor.body), cursor);
  return mapPage(page, (activity) => viewFor(actor, activity));
}

/** The activities that the actor declared or ended, with what they wrote about each themselves, the newest first. */
export async function listOwnActivities(actor: Actor) {
  const activities = await repository.listActivitiesOf(getDatabase(), actor.body, actor.personId);
  return activities.map(({ reference, title, startedAt, endedAt, reason, endReason, startedById, endedById }) => ({
    reference,
    title,
    startedAt,
    endedAt,
    reason: startedById === actor.personId ? reason : null,
    endReason: endedById === actor.personId ? endReason : null,
  }));
}

function viewFor(actor: Actor, activity: repository.ActivityRecord) {
  const { reference, title, startedAt, endedAt, reason, startedBy, endReason, endedBy } = activity;
  const involved = ({ id, name }: { id: string; name: string }) => ({ name, isActor: id === actor.personId });
  return {
    reference,
    title,
    startedAt,
    endedAt,
    mayEnd: endedAt === null && can(actor, "continuity.declare", actor),
    // Reason and people, for governance officers and auditors.
    record: can(actor, "continuity.read-history", actor)
      ? { reason, startedBy: involved(startedBy), endReason, endedBy: endedBy && involved(endedBy) }
      : null,
  };
}

/** A business continuity activity that has lasted long, as a task for those who can end it. */
export async function listContinuityTasks(actor: Actor): Promise<Task[]> {
  if (!can(actor, "continuity.declare", actor)) return [];
  const activity = await getCurrentActivity(actor);
  const startedOn = activity && calendarDay(activity.startedAt);
  const due = startedOn && reviewDay(startedOn, clock.today());
  if (!activity || !due) return [];
  const { reference } = activity;
  return [
    newTask("review-continuity", reference, {
      due,
      href: `/continuity/${reference}`,
      title: `End ${reference}, if the business continuity activity is over`,
      reason: `It has been declared since ${dateInWords(startedOn)}. While it lasts, more is allowed.`,
    }),
  ];
}
