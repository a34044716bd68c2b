import type { Actor, Role } from "#domain/access/permission/permission.ts";
import { WARN_BEFORE_END_DAYS, type Task } from "#domain/gather/task/task.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { listPlaces } from "#server/people/deputy/queries.ts";
import { listPeopleConcerned } from "./repository.ts";
import { listDebtTasks } from "./debt-queries.ts";
import { listExceptionTasks } from "./queries.ts";

const DAY_MS = 24 * 60 * 60_000;
/** They may have to act on requests of people with whom they have nothing else to do. */
const ACTING_ROLES: readonly Role[] = [
  "governance-officer",
  "senior-information-risk-owner",
  "administrator",
  "policy-owner",
];

/** The actor's tasks about exceptions, and about clauses that many exceptions depart from. */
export async function listAllExceptionTasks(actor: Actor): Promise<Task[]> {
  const [exceptions, debts] = await Promise.all([listExceptionTasks(actor), listDebtTasks(actor)]);
  return [...exceptions, ...debts];
}

/**
 * The tasks about exceptions of many people of one body, by person. One statement finds those who may have any; few do,
 * and theirs are asked for one by one.
 */
export async function listExceptionTasksOf(actors: readonly Actor[]): Promise<Map<string, Task[]>> {
  const ids = actors.map(({ personId }) => personId);
  const soon = new Date(clock.now().getTime() + (WARN_BEFORE_END_DAYS + 2) * DAY_MS); // a day is not always 24 hours
  const concerned = new Set(ids.length === 0 ? [] : await listPeopleConcerned(getDatabase(), ids, soon));
  // They may have to act on requests of the people of whom they stand in for.
  const [first] = actors;
  if (first) for (const { deputyId } of await listPlaces(getDatabase(), first.body)) concerned.add(deputyId);
  const found = new Map<string, Task[]>();
  for (const actor of actors)
    if (concerned.has(actor.personId) || actor.roles.some((role) => ACTING_ROLES.includes(role)))
      found.set(actor.personId, await listAllExceptionTasks(actor));
  return found;
}
