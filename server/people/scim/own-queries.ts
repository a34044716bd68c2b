import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { listGroupNames } from "./group-repository.ts";
import { findScimUser } from "./user-repository.ts";

/** What the program that feeds the directory has stored about the actor. */
export interface OwnDirectoryNames {
  /** Null if no program has. */
  userName: string | null;
  givenName: string | null;
  familyName: string | null;
  formattedName: string | null;
  /** Names of the directory's groups that they are in. */
  groups: string[];
}

export async function getOwnDirectoryNames({ personId }: Actor): Promise<OwnDirectoryNames> {
  const tx = getDatabase();
  const [scimUser, groups] = await Promise.all([findScimUser(tx, personId), listGroupNames(tx, [personId])]);
  const { userName = null, givenName = null, familyName = null, formattedName = null } = scimUser ?? {};
  return { userName, givenName, familyName, formattedName, groups: (groups.get(personId) ?? []).sort() };
}
