import "server-only";
import { calculateJwkThumbprint, CompactSign, exportJWK, generateKeyPair, importJWK } from "jose";
import { z } from "zod";
import type { Actor } from "#domain/access/actor.ts";
import { can } from "#domain/access/permission.ts";
import { PORTAL_ACTOR } from "#domain/evidence/event.ts";
import { clock } from "#server/clock.ts";
import { loadContent } from "#server/content/store.ts";
import { getDatabase } from "#server/db/database.ts";
import { getEnv } from "#server/env.ts";
import { transact, type Change } from "#server/evidence/transact.ts";
import { readAuthSecret } from "#server/identity/auth-secret.ts";
import { findCurrent, insertKey, lockKeys, retireCurrent } from "./repository.ts";
import { openKey, sealKey } from "./secret.ts";

const ALGORITHM = "EdDSA";

/** An Ed25519 key; `d` is its private half. */
const privateSchema = z.strictObject({
  kty: z.literal("OKP"),
  crv: z.literal("Ed25519"),
  x: z.string(),
  d: z.string(),
});

interface UsableKey {
  kid: string;
  jwk: z.infer<typeof privateSchema>;
}

/**
 * Signs bytes with the key of this portal: a compact JWS (RFC 7515) by Ed25519 whose payload they are. Several servers
 * on one database have the same key.
 * @returns the JWS, and the name of the key
 */
export async function signBytes(bytes: Uint8Array): Promise<{ jws: string; kid: string }> {
  const { kid, jwk } = await ensureSigningKey();
  const key = await importJWK({ ...jwk }, ALGORITHM);
  const jws = await new CompactSign(bytes).setProtectedHeader({ alg: ALGORITHM, kid, typ: "JWS" }).sign(key);
  return { jws, kid };
}

/** The key that signs; makes one where there is none, or where the portal's secret is another now and cannot open it. */
export async function ensureSigningKey(): Promise<UsableKey> {
  return (await findUsable()) ?? makeKey(null);
}

/**
 * Has another key sign from now on. The earlier ones stay published, so what they signed still verifies; their private
 * halves are gone.
 * @param seen name of the key that the page showed: pressed twice, one is made
 */
export async function rotateSigningKey(actor: Actor, seen: string): Promise<"done" | "not-found"> {
  if (!can(actor, "signing-key.manage", actor)) return "not-found";
  const current = await findCurrent(getDatabase());
  if (current?.kid === seen) await makeKey(actor);
  return "done";
}

async function findUsable(tx = getDatabase()): Promise<UsableKey | null> {
  const current = await findCurrent(tx);
  const opened = current?.sealed ? openKey(current.sealed, readAuthSecret(getEnv())) : null;
  return current && opened !== null ? { kid: current.kid, jwk: privateSchema.parse(JSON.parse(opened)) } : null;
}

/** @param actor who asked for another one; null for the portal, which needs one that it can use */
async function makeKey(actor: Actor | null): Promise<UsableKey> {
  const at = clock.now();
  const replaced = await findCurrent(getDatabase());
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const jwk = privateSchema.parse(pick(await exportJWK(privateKey)));
  const { d: _private, ...publicKey } = jwk;
  const kid = await calculateJwkThumbprint(publicKey, "sha256");
  const sealed = sealKey(JSON.stringify(jwk), readAuthSecret(getEnv()));
  const { bodies } = await loadContent();
  return transact(async (tx): Promise<Change<UsableKey>> => {
    await lockKeys(tx);
    const current = await findCurrent(tx);
    if (current?.kid !== replaced?.kid) {
      const made = current?.sealed ? openKey(current.sealed, readAuthSecret(getEnv())) : null;
      if (current && made !== null)
        return { result: { kid: current.kid, jwk: privateSchema.parse(JSON.parse(made)) }, evidence: [] };
    }
    await retireCurrent(tx, at);
    await insertKey(tx, { kid, publicKey, sealed, madeAt: at, madeById: actor?.personId ?? null });
    // Who asked is in the chain of their own body; the others are told that it was done.
    const evidence = bodies.map(({ slug }) => ({
      ...{ body: slug, event: "signing-key.made" as const, at, subject: kid, data: { replaces: current?.kid ?? null } },
      actor: actor?.body === slug ? actor.personId : PORTAL_ACTOR,
    }));
    return { result: { kid, jwk }, evidence };
  });
}

function pick({ kty, crv, x, d }: { kty?: string; crv?: string; x?: string; d?: string }) {
  return { kty, crv, x, d };
}
