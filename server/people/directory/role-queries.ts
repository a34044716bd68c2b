import { lapseDay } from "#domain/access/identity/unconfirmed-roles.ts";
import { type Actor, can, ROLE_NAMES } from "#domain/access/permission/permission.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { newTask, type Task } from "#domain/gather/task/task.ts";
import { listUnconfirmed } from "#server/access/identity/queries.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase } from "#server/base/db/database.ts";

/** With more people than this the task is one for all of them: then it is the provider that needs putting right. */
const MOST_BY_NAME = 5;

const WHY: Readonly<Record<string, string>> = {
  missing: "Their sign-in service did not say which groups they are in.",
  overage: "They are in more groups than their sign-in service lists.",
};
const TO_DO =
  "Put that right there and have them sign in again, or save their roles here: another administrator does it for your own.";

/** For administrators: people whose roles the groups at the identity provider do not say any more. */
export async function listUnconfirmedRoleTasks(actor: Actor): Promise<Task[]> {
  if (!can(actor, "person.manage", actor)) return [];
  const people = await listUnconfirmed(getDatabase(), actor.body);
  const [first] = people;
  if (!first) return [];
  const limit = (await loadContent()).bodies.find(({ slug }) => slug === actor.body)?.unconfirmedRolesLimitDays;
  const due = lapseDay(first.since, limit);
  if (people.length > MOST_BY_NAME)
    return [
      newTask("confirm-roles", "all", {
        title: `Confirm the roles of ${people.length} people`,
        reason: `Their sign-in service does not list their groups any more. The first roles end on ${dateInWords(due)}. ${TO_DO}`,
        due,
        href: "/admin/people?state=unconfirmed",
      }),
    ];
  return people.map(({ id, name, roles, since, why }) => {
    const held = roles.filter((role) => role !== "employee").map((role) => ROLE_NAMES[role].toLowerCase());
    const last = lapseDay(since, limit);
    return newTask("confirm-roles", id, {
      title: `Confirm the roles of ${name}`,
      titleOutside: "Confirm the roles of somebody",
      reason: `${WHY[why ?? ""] ?? ""} They are ${held.join(", ")} until ${dateInWords(last)}. ${TO_DO}`.trim(),
      due: last,
      href: `/admin/people/${id}`,
    });
  });
}
