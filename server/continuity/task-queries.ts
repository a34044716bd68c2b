import "server-only";
import type { Actor } from "#domain/access/actor.ts";
import { can } from "#domain/access/permission.ts";
import { calendarDay, dateInWords } from "#domain/calendar/calendar.ts";
import { reviewDay } from "#domain/continuity/activity.ts";
import type { Task } from "#domain/task/task.ts";
import { clock } from "#server/clock.ts";
import { getCurrentActivity } from "./queries.ts";

/** That a business continuity activity has lasted long, as a task of those who can end it. */
export async function listContinuityTasks(actor: Actor): Promise<Task[]> {
  if (!can(actor, "continuity.declare", actor)) return [];
  const activity = await getCurrentActivity(actor);
  const startedOn = activity && calendarDay(activity.startedAt);
  const due = startedOn && reviewDay(startedOn, calendarDay(clock.now()));
  if (!activity || !due) return [];
  const { reference } = activity;
  return [
    {
      ...{ kind: "review-continuity", key: `review-continuity ${reference}`, due, href: `/continuity/${reference}` },
      title: `End ${reference}, if the business continuity activity is over`,
      reason: `It has been declared since ${dateInWords(startedOn)}. While it lasts, more is allowed.`,
    },
  ];
}
