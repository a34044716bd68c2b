import { type Actor, can } from "#domain/access/permission/permission.ts";
import { PORTAL_ACTOR } from "#domain/evidence/journal/event.ts";
import { KEY_REVOCATIONS, mayRevoke, type KeyRevocation } from "#domain/evidence/journal/signing-key.ts";
import type { FieldProblem } from "#domain/base/form/form-values.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { readAuthSecret } from "#server/base/secret/auth-secret.ts";
import { findCurrentKey, findKey, lockKeys, markRevoked } from "./repository.ts";
import { makeKey, personId, takeSigner, takeSignerWith, type Asker } from "./signer.ts";

/**
 * Makes a new signing key for the actor's body. Earlier keys stay published, so what they signed still verifies; their
 * private halves are deleted.
 * @param seen name of the key that the page showed, "" for none; if the form is sent twice, only one key is made
 */
export async function rotateSigningKey(actor: Actor, seen: string): Promise<"done" | "not-found"> {
  if (!can(actor, "signing-key.manage", actor)) return "not-found";
  const current = await findCurrentKey(getDatabase(), actor.body);
  if ((current?.kid ?? "") === seen) await makeKey(actor.body, current?.kid, actor, readAuthSecret(getEnv()));
  return "done";
}

/** Makes a new signing key for a body, by command. @param secret the portal's @returns name of the new key */
export async function rotateByCommand(body: string, secret: string): Promise<string> {
  const current = await findCurrentKey(getDatabase(), body);
  return (await makeKey(body, current?.kid, "command", secret)).kid;
}

export type RevokeResult =
  { code: "done" } | { code: "invalid"; problems: readonly FieldProblem[] } | { code: "not-found" };

/**
 * Revokes a key of the actor's body for good; if it was the current one, another is made.
 * @param typed name of the key, and why
 */
export async function revokeSigningKey(
  actor: Actor,
  { kid, because }: { kid: string; because: string },
): Promise<RevokeResult> {
  if (!can(actor, "signing-key.manage", actor)) return { code: "not-found" };
  const reason = KEY_REVOCATIONS.find((one) => one === because);
  const problems: FieldProblem[] = [];
  if (kid === "") problems.push({ field: "kid", message: "Choose the key." });
  if (!reason) problems.push({ field: "because", message: "Say why the key is revoked." });
  if (!reason || problems.length > 0) return { code: "invalid", problems };
  const key = await findKey(getDatabase(), kid);
  if (!key || key.body !== actor.body) return { code: "not-found" };
  const isDone = await revoke(kid, reason, [actor.body], actor);
  if (!isDone) return { code: "invalid", problems: [{ field: "kid", message: "This key is revoked already." }] };
  if (key.current !== null) await takeSigner(actor.body);
  return { code: "done" };
}

/**
 * Revokes any key, by command.
 * @param bodies whose evidence records the revocation of a key of the whole portal
 * @param secret the portal's
 * @returns the body whose key it was, null for the whole portal; or why it was not revoked
 */
export async function revokeByCommand(
  kid: string,
  because: KeyRevocation,
  bodies: readonly string[],
  secret: string,
): Promise<{ body: string | null } | "unknown" | "revoked-before"> {
  const key = await findKey(getDatabase(), kid);
  if (!key) return "unknown";
  const isDone = await revoke(kid, because, key.body === null ? bodies : [key.body], "command");
  if (!isDone) return "revoked-before";
  if (key.body !== null && key.current !== null) await takeSignerWith(secret, key.body);
  return { body: key.body };
}

/** @returns false if it was revoked before */
async function revoke(kid: string, because: KeyRevocation, bodies: readonly string[], by: Asker): Promise<boolean> {
  const at = clock.now();
  return transact(async (tx): Promise<Change<boolean>> => {
    await lockKeys(tx);
    const key = await findKey(tx, kid);
    if (!key || !mayRevoke(key.revokedBecause, because)) return { result: false, evidence: [] };
    // The time of the first revocation stays: a later reason can only be more serious.
    const when = { revokedAt: key.revokedAt ?? at, retiredAt: key.retiredAt ?? at };
    await markRevoked(tx, kid, { revokedBecause: because, revokedById: personId(by), ...when });
    const evidence = bodies.map((body) => ({
      body,
      event: "signing-key.revoked" as const,
      at,
      actor: personId(by) ?? PORTAL_ACTOR,
      subject: kid,
      data: { because, ...(by === "command" && { by }) },
    }));
    return { result: true, evidence };
  });
}
