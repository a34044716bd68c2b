import { createHash } from "node:crypto";
import ical, { ICalEventBusyStatus, ICalEventTransparency } from "ical-generator";
import type { FeedTask } from "#server/gather/task/queries.ts";

/** How often programs may refresh it, in seconds. */
const LOOK_EVERY_SECONDS = 60 * 60;

/**
 * Tasks as a calendar that programs can subscribe to: an all-day entry on the last day of each, or one at the hour at
 * which it is due. An entry keeps its identity when its day changes.
 * @param name the portal's name
 * @param origin the portal's address, without a trailing slash
 */
export function taskCalendar(tasks: readonly FeedTask[], origin: string, name: string): string {
  const calendar = ical({
    name: `${name}: tasks`,
    prodId: { company: "With Care", product: "Tasks", language: "EN" },
    ttl: LOOK_EVERY_SECONDS,
  });
  for (const { key, title, due, dueAt, href } of tasks) {
    const start = dueAt ?? new Date(`${due}T00:00:00Z`);
    const id = createHash("sha256").update(key, "utf8").digest("hex").slice(0, 32);
    calendar.createEvent({
      id: `task-${id}@${new URL(origin).host}`,
      start,
      allDay: !dueAt,
      stamp: start,
      // It marks nobody as busy.
      transparency: ICalEventTransparency.TRANSPARENT,
      busystatus: ICalEventBusyStatus.FREE,
      summary: title,
      description: `${origin}${href}`,
      url: `${origin}${href}`,
    });
  }
  return calendar.toString();
}
