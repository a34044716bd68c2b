import "server-only";
import type { Actor } from "#domain/access/actor.ts";
import type { Role } from "#domain/access/role.ts";
import { getDatabase } from "#server/db/database.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import { findTeamOf, listTeamsOf, listWithRole } from "./repository.ts";

export interface TeamOfActor {
  id: string;
  name: string;
  isManagedByActor: boolean;
}

/** The teams that the actor belongs to or manages. */
export async function listOwnTeams(actor: Actor, tx: Prisma.TransactionClient = getDatabase()): Promise<TeamOfActor[]> {
  const teams = await listTeamsOf(tx, actor.body, actor.personId);
  return teams.map(({ id, name, managerId }) => ({ id, name, isManagedByActor: managerId === actor.personId }));
}

/** Id of who manages a person's team now, or null. For services that authorise by it. */
export async function getManagerIdOf(personId: string, tx: Prisma.TransactionClient): Promise<string | null> {
  return (await findTeamOf(tx, personId)).managerId;
}

/** Who has a role in a body now: for services that tell them something. */
export async function listPeopleWithRole(
  tx: Prisma.TransactionClient,
  body: string,
  role: Role,
): Promise<{ id: string; name: string }[]> {
  return listWithRole(tx, body, role);
}
