import "server-only";
import { createHash, randomBytes } from "node:crypto";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { seal, unseal } from "#server/access/api-token/secret.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { deleteBefore, insertShownOnce, takeRow } from "./repository.ts";

// A secret that was just made, on its way from the form that made it to the page that shows it, once (decision 037).

/** What nobody has come to see for so long is not shown any more. */
const SHOW_WITHIN_MS = 10 * 60_000;

/**
 * Keeps a secret until a page of the actor's shows it, unreadable without the key.
 * @returns the key, which the page's address carries
 */
export async function keepToShow(actor: Actor, secret: string): Promise<string> {
  const key = randomBytes(32).toString("base64url");
  if (!can(actor, "portal.use", actor)) return key; // it opens nothing
  const at = clock.now();
  await deleteBefore(getDatabase(), new Date(at.getTime() - SHOW_WITHIN_MS));
  await insertShownOnce(getDatabase(), {
    id: idOf(key),
    personId: actor.personId,
    sealed: seal(secret, key),
    createdAt: at,
  });
  return key;
}

/** The secret, for who made it, once: whoever comes second finds null, like whoever comes without the right key. */
export async function takeToShow({ personId }: Actor, key: string): Promise<string | null> {
  if (!/^[\w-]{43}$/.test(key)) return null;
  const since = new Date(clock.now().getTime() - SHOW_WITHIN_MS);
  const sealed = await takeRow(getDatabase(), { id: idOf(key), personId, since });
  return sealed && unseal(sealed, key);
}

function idOf(key: string): string {
  return createHash("sha256").update(`shown-once/${key}`, "utf8").digest("hex");
}
