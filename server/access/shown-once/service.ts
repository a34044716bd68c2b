import { createHash, randomBytes } from "node:crypto";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import { seal, unseal } from "#server/base/secret/seal.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase, type Tx } from "#server/base/db/database.ts";

// Passes a new secret from the form that made it to the page that shows it once (decision 037).

const SHOW_WITHIN_MS = 10 * 60_000;

/**
 * Stores a secret until a page of the actor's shows it, unreadable without the key.
 * @returns the key, which goes into the page's address
 */
export async function keepToShow(actor: Actor, secret: string): Promise<string> {
  const key = randomBytes(32).toString("base64url");
  if (!can(actor, "portal.use", actor)) return key; // nothing is stored under it
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

/** Returns the secret to its maker, once; null the second time, or without the right key. */
export async function takeToShow({ personId }: Actor, key: string): Promise<string | null> {
  if (!/^[\w-]{43}$/.test(key)) return null;
  const since = new Date(clock.now().getTime() - SHOW_WITHIN_MS);
  const sealed = await takeRow(getDatabase(), { id: idOf(key), personId, since });
  return sealed && unseal(sealed, key);
}

const idOf = (key: string): string => createHash("sha256").update(`shown-once/${key}`, "utf8").digest("hex");

async function insertShownOnce(tx: Tx, row: { id: string; personId: string; sealed: string; createdAt: Date }) {
  await tx.shownOnce.create({ data: row });
}

/** Takes and deletes the secret waiting for somebody; null if there is none, or another request was faster. */
async function takeRow(tx: Tx, where: { id: string; personId: string; since: Date }): Promise<string | null> {
  const { id, personId, since } = where;
  const rows = await tx.$queryRaw<{ sealed: string }[]>`
    DELETE FROM "ShownOnce" WHERE id = ${id} AND "personId" = ${personId} AND "createdAt" > ${since} RETURNING sealed`;
  return rows[0]?.sealed ?? null;
}

async function deleteBefore(tx: Tx, before: Date): Promise<void> {
  await tx.shownOnce.deleteMany({ where: { createdAt: { lte: before } } });
}
