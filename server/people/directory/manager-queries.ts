import { cache } from "react";
import type { Actor } from "#domain/access/permission/permission.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { findLineManagerToReach } from "./repository.ts";

/** Name and work e-mail address of the actor's own line manager; null if they have none, or are their own. */
export const getOwnLineManager = cache(async (actor: Actor): Promise<{ name: string; email: string } | null> => {
  const manager = await findLineManagerToReach(getDatabase(), actor.personId);
  return manager?.email === actor.email ? null : manager;
});
