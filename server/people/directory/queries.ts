import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { nameKey } from "#domain/access/identity/name.ts";
import { getDatabase } from "#server/base/db/database.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { findLineManagerId, listByIds, listTeamsOf, searchByName, type FoundPerson } from "./repository.ts";

export interface TeamOfActor {
  id: string;
  name: string;
  isManagedByActor: boolean;
}

/** The teams that the actor belongs to or manages, or in which they are somebody's line manager. */
export async function listOwnTeams(actor: Actor, tx: Prisma.TransactionClient = getDatabase()): Promise<TeamOfActor[]> {
  return listTeamsOf(tx, actor.body, actor.personId);
}

/** Id of a person's current line manager, or null. For services that authorise by it. */
export async function getManagerIdOf(
  personId: string,
  tx: Prisma.TransactionClient = getDatabase(),
): Promise<string | null> {
  return findLineManagerId(tx, personId);
}

/** How many matches are shown; to see others, type more of the name. */
const MOST_FOUND = 20;

/**
 * People of the actor's body in whose name every word typed begins one, or whose work e-mail address was typed; the first
 * twenty by name. Nobody for an empty search.
 */
export async function searchPeople(
  actor: Actor,
  typed: string,
  tx: Prisma.TransactionClient = getDatabase(),
): Promise<FoundPerson[]> {
  const words = typed.trim().slice(0, 200).split(/\s+/).filter(Boolean).slice(0, 8);
  if (words.length === 0 || !can(actor, "portal.use", actor)) return [];
  return searchByName(tx, actor.body, { words, most: MOST_FOUND });
}

/**
 * The one person of the actor's body whom a typed name or work e-mail address stands for, or what is wrong with it, in
 * words for whoever typed it.
 */
export async function findOnePerson(
  actor: Actor,
  typed: string,
  tx: Prisma.TransactionClient = getDatabase(),
): Promise<FoundPerson | { message: string }> {
  if (typed.trim() === "") return { message: "Type the name or the work e-mail address." };
  const found = await searchPeople(actor, typed, tx);
  const exact = found.filter(({ name }) => nameKey(name) === nameKey(typed));
  const [first, ...others] = exact.length === 1 ? exact : found;
  if (!first) return { message: "Nobody here has that name or address. Correct it." };
  if (others.length === 0) return first;
  const some = found.slice(0, 5).map(({ name, email }) => `${name} (${email})`);
  return { message: `Several people match. Type the e-mail address: ${some.join(", ")}.` };
}

/** People of the actor's body by their ids, leavers included. */
export async function listPeopleById(
  actor: Pick<Actor, "body">,
  ids: readonly string[],
  tx: Prisma.TransactionClient = getDatabase(),
): Promise<FoundPerson[]> {
  return ids.length === 0 ? [] : listByIds(tx, actor.body, ids);
}
