import type { Actor } from "#domain/access/permission/permission.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { findFormInput, listFormInputOf } from "./repository.ts";

/**
 * What the actor typed into the form of this page when it was refused; null if there is none, or it is somebody else's
 * or another page's.
 * @param id the `kept` parameter of the address, as received
 */
export async function getFormInput(actor: Actor, id: unknown, path: string) {
  if (typeof id !== "string" || !/^[0-9a-f]{32}$/.test(id)) return null;
  const row = await findFormInput(getDatabase(), id);
  return row?.personId === actor.personId && row.path === path ? { values: row.values, problems: row.errors } : null;
}

/** The input of all the actor's refused forms, newest first. */
export async function listFormInput(actor: Actor) {
  const rows = await listFormInputOf(getDatabase(), actor.personId);
  return rows.map(({ path, values, errors, createdAt }) => ({ path, values, problems: errors, createdAt }));
}
