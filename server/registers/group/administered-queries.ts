import { administersGroup } from "#domain/registers/group/member.ts";
import type { AdministeredGroups } from "#server/base/connections.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { listChatGroupsOf } from "./repository.ts";

/** The approved groups that a person administers, as administrator or as deputy. For commands as well as pages. */
export const listAdministeredGroups: AdministeredGroups = async ({ body, personId }, tx = getDatabase()) => {
  const own = await listChatGroupsOf(tx, body, personId);
  return own
    .filter(({ state, members }) => state === "approved" && administersGroup(personId, members))
    .map(({ id, reference, name }) => ({ id, reference, name }));
};
