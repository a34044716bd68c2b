import { z } from "zod";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import { mayRevoke, spokenThumbprint } from "#domain/evidence/journal/signing-key.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { findCurrentKey, listKeys } from "./repository.ts";

const publicSchema = z.object({ kty: z.literal("OKP"), crv: z.literal("Ed25519"), x: z.string() });

/**
 * The public halves of all keys that ever signed here, as a JWK set (RFC 7517); they are not secret. Each has the
 * members that `verify.mjs` uses: `body`, whose exports it signs, left out for a key of the whole portal from before
 * each body had its own; `nbf` and `exp`, between which it signed, in seconds; and `revoked`. The last three are as in
 * OpenID Federation's historical keys.
 * @param body only keys of this body and of the whole portal; all keys if left out
 */
export async function getJwks(body?: string) {
  const keys = await listKeys(getDatabase(), body);
  return {
    keys: keys.map(({ kid, publicKey, madeAt, expiresAt, retiredAt, revokedAt, revokedBecause, body: owner }) => ({
      ...publicSchema.parse(publicKey),
      kid,
      use: "sig",
      alg: "EdDSA",
      ...(owner !== null && { body: owner }),
      nbf: Math.floor(madeAt.getTime() / 1000),
      exp: Math.ceil((retiredAt ?? expiresAt).getTime() / 1000),
      ...(revokedAt && {
        revoked: { revoked_at: Math.floor(revokedAt.getTime() / 1000), reason: revokedBecause ?? "unspecified" },
      }),
    })),
  };
}

export type SigningKeyView = NonNullable<Awaited<ReturnType<typeof listSigningKeys>>>[number];

/**
 * The keys of the actor's body, the newest first, and those of the whole portal, from before bodies had their own; null for
 * those who may not manage them.
 */
export async function listSigningKeys(actor: Actor) {
  if (!can(actor, "signing-key.manage", actor)) return null;
  const keys = await listKeys(getDatabase(), actor.body);
  return keys.map(({ body, current, publicKey: _, ...key }) => ({
    ...key,
    spoken: spokenThumbprint(key.kid),
    isCurrent: current !== null,
    isOfBody: body !== null,
    isRevocable: body !== null && mayRevoke(key.revokedBecause, "compromised"),
  }));
}

/**
 * Thumbprint of the key that signs for a body now, in the form read aloud; it is not secret. Null before the first one.
 */
export async function getSpokenThumbprint(body: string): Promise<string | null> {
  const current = await findCurrentKey(getDatabase(), body);
  return current && current.expiresAt > clock.now() ? spokenThumbprint(current.kid) : null;
}
