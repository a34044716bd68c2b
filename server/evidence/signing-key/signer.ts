import { calculateJwkThumbprint, CompactSign, exportJWK, generateKeyPair, importJWK } from "jose";
import { z } from "zod";
import type { Actor } from "#domain/access/permission/permission.ts";
import { PORTAL_ACTOR } from "#domain/evidence/journal/event.ts";
import { keyExpiry } from "#domain/evidence/journal/signing-key.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { readAuthSecret } from "#server/base/secret/auth-secret.ts";
import { seal, sealingKey, unseal } from "#server/base/secret/seal.ts";
import { type Change, transact } from "#server/evidence/journal/transact.ts";
import { findCurrentKey, insertKey, lockKeys, retireCurrent } from "./repository.ts";

const ALGORITHM = "EdDSA";

/** An Ed25519 key; `d` is its private half. */
const privateSchema = z.strictObject({
  kty: z.literal("OKP"),
  crv: z.literal("Ed25519"),
  x: z.string(),
  d: z.string(),
});

export interface Signer {
  kid: string;
  /** A compact JWS (RFC 7515) by Ed25519 with these bytes as its payload. */
  sign: (bytes: Uint8Array) => Promise<string>;
}

/** Who requests a key: a person of the body, a command on the server, or the portal itself. */
export type Asker = Actor | "command" | "portal";

/**
 * The key that signs for a body. A new one is made if there is none, it has expired, or it cannot be opened because the
 * portal's secret has changed. Several servers on one database share the key. A signer can still be used after another
 * key has replaced it.
 */
export const takeSigner = async (body: string): Promise<Signer> => takeSignerWith(readAuthSecret(getEnv()), body);

/** The same, with the portal's secret passed in. */
export async function takeSignerWith(secret: string, body: string): Promise<Signer> {
  const current = await findCurrentKey(getDatabase(), body);
  return usable(current, secret) ?? (await makeKey(body, current?.kid, "portal", secret));
}

/** Id of the person who requests it; null for a command and the portal. */
export const personId = (by: Asker): string | null => (typeof by === "string" ? null : by.personId);

function usable(current: Awaited<ReturnType<typeof findCurrentKey>>, secret: string): Signer | null {
  if (!current?.sealed || current.expiresAt <= clock.now()) return null;
  const opened = unseal(current.sealed, sealingKey(secret, "evidence-signing-key"));
  return opened === null ? null : signerOf(current.kid, privateSchema.parse(JSON.parse(opened)));
}

function signerOf(kid: string, jwk: z.infer<typeof privateSchema>): Signer {
  const sign = async (bytes: Uint8Array) =>
    new CompactSign(bytes)
      .setProtectedHeader({ alg: ALGORITHM, kid, typ: "JWS" })
      .sign(await importJWK({ ...jwk }, ALGORITHM));
  return { kid, sign };
}

/**
 * @param seen name of the key to replace; if another key is current by now, somebody else has made one, and that is
 * used
 */
export async function makeKey(body: string, seen: string | undefined, by: Asker, secret: string): Promise<Signer> {
  const at = clock.now();
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const jwk = privateSchema.parse(pick(await exportJWK(privateKey)));
  const { d: _private, ...publicKey } = jwk;
  const kid = await calculateJwkThumbprint(publicKey, "sha256");
  const sealed = seal(JSON.stringify(jwk), sealingKey(secret, "evidence-signing-key"));
  return transact(async (tx): Promise<Change<Signer>> => {
    await lockKeys(tx);
    const current = await findCurrentKey(tx, body);
    const theirs = current?.kid === seen ? null : usable(current, secret);
    if (theirs) return { result: theirs, evidence: [] };
    await retireCurrent(tx, body, at);
    const madeById = personId(by);
    await insertKey(tx, { kid, body, publicKey, sealed, madeAt: at, expiresAt: keyExpiry(at), madeById });
    const data = { replaces: current?.kid ?? null, ...(by === "command" && { by }) };
    const made = { body, event: "signing-key.made", at, actor: madeById ?? PORTAL_ACTOR, subject: kid, data } as const;
    return { result: signerOf(kid, jwk), evidence: [made] };
  });
}

const pick = ({ kty, crv, x, d }: { kty?: string; crv?: string; x?: string; d?: string }) => ({ kty, crv, x, d });
