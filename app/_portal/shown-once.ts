import { cache } from "react";
import type { Actor } from "#domain/access/permission/permission.ts";
import { takeToShow } from "#server/access/shown-once/service.ts";
import { isLookedAt } from "./is-page-view.ts";

/**
 * The secret that a page shows only once, by the key in its address; null if there is none, or it was shown before.
 * Read only once for a page that may need it twice.
 */
export const shownOnce = cache(async (actor: Actor, key: string | string[] | undefined): Promise<string | null> => {
  return typeof key === "string" && (await isLookedAt()) ? takeToShow(actor, key) : null;
});
