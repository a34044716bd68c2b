import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { getDatabase } from "#server/base/db/database.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { findLineManagerId, listByIds, listTeamsOf, searchByName, type FoundPerson } from "./repository.ts";

export interface TeamOfActor {
  id: string;
  name: string;
  isManagedByActor: boolean;
}

/** The teams that the actor belongs to, manages, or has people in whose line manager they are. */
export async function listOwnTeams(actor: Actor, tx: Prisma.TransactionClient = getDatabase()): Promise<TeamOfActor[]> {
  return listTeamsOf(tx, actor.body, actor.personId);
}

/** Id of who is a person's line manager now, or null. For services that authorise by it. */
export async function getManagerIdOf(personId: string, tx: Prisma.TransactionClient): Promise<string | null> {
  return findLineManagerId(tx, personId);
}

/** As many as are shown of those who fit; whoever searches types more of the name. */
const MOST_FOUND = 20;

/**
 * People of the actor's body whose name has every word that was typed, or whose work e-mail address it is; by name, the
 * first twenty. Nobody for an empty text.
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

/** People of the actor's body by their ids, leavers included. */
export async function listPeopleById(
  actor: Pick<Actor, "body">,
  ids: readonly string[],
  tx: Prisma.TransactionClient = getDatabase(),
): Promise<FoundPerson[]> {
  return ids.length === 0 ? [] : listByIds(tx, actor.body, ids);
}
