import type { Actor } from "#domain/access/permission/permission.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { findBegun, listBegun } from "./begun-repository.ts";
import { findFormInput, listFormInputOf } from "./repository.ts";

/**
 * What the actor typed into the form of this page when it was refused, or what a program began for them there; null if
 * there is none, or it is somebody else's or another page's.
 * @param id the `kept` parameter of the address, as received
 */
export async function getFormInput(actor: Actor, id: unknown, path: string) {
  if (!isFormInputId(id)) return null;
  const tx = getDatabase();
  const row = (await findFormInput(tx, id)) ?? (await findBegun(tx, actor.personId, id));
  if (row?.personId !== actor.personId || row.path !== path) return null;
  return { values: row.values, problems: "errors" in row ? row.errors : [] };
}

/** The input of all the actor's refused forms, newest first; then what programs began for them. */
export async function listFormInput(actor: Actor) {
  const tx = getDatabase();
  const [rows, begun] = [await listFormInputOf(tx, actor.personId), await listBegun(tx, [actor.personId])];
  return [
    ...rows.map(({ path, values, errors, createdAt }) => ({ path, values, problems: errors, createdAt })),
    ...begun.map(({ path, values, begunAt, token }) => ({ path, values, createdAt: begunAt, begunBy: token.name })),
  ];
}

/** Whether something received can be the id of what was typed or begun. */
export const isFormInputId = (id: unknown): id is string => typeof id === "string" && /^[0-9a-f]{32}$/.test(id);
