import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { addWorkingDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import type { Task } from "#domain/gather/task/task.ts";
import { daysOff } from "#server/base/calendar/days-off.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { listUndelivered } from "./repository.ts";

/** Working days to see to mail that did not arrive: our own figure. */
const WITHIN_WORKING_DAYS = 2;
/** With more people, one task for all of them says more than a task each. */
const MOST_BY_NAME = 10;

/** People whom mail did not reach, as tasks for administrators: one a person, or one for all if there are many. */
export async function listMailTasks(actor: Actor): Promise<Task[]> {
  if (!can(actor, "mail.manage", actor)) return [];
  const people = await listUndelivered(getDatabase(), actor.body);
  const [first] = people;
  if (!first) return [];
  const body = (await loadContent()).bodies.find(({ slug }) => slug === actor.body);
  const dueFrom = (at: Date) => {
    const from = calendarDay(at);
    return addWorkingDays(from, WITHIN_WORKING_DAYS, daysOff(body, from, from));
  };
  const head = { kind: "undelivered-mail", href: "/admin/mail?list=dead" } as const;
  const toDo = "Correct the address, then send it again, or say that they know already.";
  if (people.length > MOST_BY_NAME) {
    const title = `Follow up mail that did not reach ${people.length} people`;
    return [{ ...head, key: "undelivered-mail", title, reason: toDo, due: dueFrom(first.since) }];
  }
  return people.map(({ personId, name, count, since }): Task => {
    const what = count === 1 ? "A mail" : `${count} mails`;
    return {
      ...head,
      key: `undelivered-mail ${personId}`,
      title: `Follow up mail that did not reach ${name}`,
      titleOutside: "Follow up mail that did not reach somebody",
      reason: `${what} did not arrive. ${toDo}`,
      due: dueFrom(since),
    };
  });
}
