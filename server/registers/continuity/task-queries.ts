import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import { reviewDay } from "#domain/registers/continuity/activity.ts";
import type { Task } from "#domain/gather/task/task.ts";
import { clock } from "#server/base/clock.ts";
import { getCurrentActivity } from "./queries.ts";

/** A business continuity activity that has lasted long, as a task for those who can end it. */
export async function listContinuityTasks(actor: Actor): Promise<Task[]> {
  if (!can(actor, "continuity.declare", actor)) return [];
  const activity = await getCurrentActivity(actor);
  const startedOn = activity && calendarDay(activity.startedAt);
  const due = startedOn && reviewDay(startedOn, calendarDay(clock.now()));
  if (!activity || !due) return [];
  const { reference } = activity;
  return [
    {
      kind: "review-continuity",
      key: `review-continuity ${reference}`,
      due,
      href: `/continuity/${reference}`,
      title: `End ${reference}, if the business continuity activity is over`,
      reason: `It has been declared since ${dateInWords(startedOn)}. While it lasts, more is allowed.`,
    },
  ];
}
