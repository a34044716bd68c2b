import { type Actor, can } from "#domain/access/permission/permission.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import type { Task } from "#domain/gather/task/task.ts";
import { getContentState } from "#server/base/content/store.ts";

/**
 * What is wrong with the files of the actor's body and those that all bodies share, and when they were last read; null
 * for people who may not see it.
 */
export async function getContentFaults(actor: Actor) {
  if (!can(actor, "content.read-faults", actor)) return null;
  const { faults, readAt } = await getContentState();
  return { faults: faults.filter(({ body }) => body === null || body === actor.body), readAt };
}

/** Tells a policy owner that an edit could not be loaded. */
export async function listContentTasks(actor: Actor): Promise<Task[]> {
  if (!actor.roles.includes("policy-owner")) return [];
  const found = await getContentFaults(actor);
  const [first] = found?.faults ?? [];
  if (!found || !first) return [];
  return [
    {
      kind: "correct-content",
      key: "correct-content",
      title: `Correct ${first.file}`,
      reason: "The file was saved with a fault, so the earlier content still applies.",
      due: calendarDay(found.readAt),
      href: "/content",
    },
  ];
}
