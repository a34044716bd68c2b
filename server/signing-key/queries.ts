import "server-only";
import { z } from "zod";
import type { Actor } from "#domain/access/actor.ts";
import { can } from "#domain/access/permission.ts";
import { getDatabase } from "#server/db/database.ts";
import { findCurrent, listKeys } from "./repository.ts";

const publicSchema = z.object({ kty: z.literal("OKP"), crv: z.literal("Ed25519"), x: z.string() });

/** The public halves of all keys that ever signed here, as a JWK set (RFC 7517); they are no secret. */
export async function getJwks() {
  const keys = await listKeys(getDatabase());
  return {
    keys: keys.map(({ kid, publicKey }) => ({ ...publicSchema.parse(publicKey), kid, use: "sig", alg: "EdDSA" })),
  };
}

export interface SigningKeyView {
  kid: string;
  isCurrent: boolean;
  madeAt: Date;
  retiredAt: Date | null;
}

/** All keys, the newest first; null for those who do not look after them. */
export async function listSigningKeys(actor: Actor): Promise<SigningKeyView[] | null> {
  if (!can(actor, "signing-key.manage", actor)) return null;
  const keys = await listKeys(getDatabase());
  return keys.map(({ kid, current, madeAt, retiredAt }) => ({ kid, isCurrent: current !== null, madeAt, retiredAt }));
}

/** Name of the key that signs now: no secret. Null before the first one. */
export async function getCurrentKid(): Promise<string | null> {
  return (await findCurrent(getDatabase()))?.kid ?? null;
}
