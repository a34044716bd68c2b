import "server-only";
import { createHash, createHmac, randomBytes } from "node:crypto";
import { getEnv } from "#server/env.ts";
import { readAuthSecret } from "#server/identity/auth-secret.ts";

// The address is made anew from the salt and the portal's own secret each time that its owner looks at it; the database
// alone gives nobody an address.

export function makeSalt(): string {
  return randomBytes(16).toString("base64url");
}

/** The secret part of the address of somebody's feed. */
export function feedSecret(personId: string, salt: string): string {
  const key = readAuthSecret(getEnv());
  return createHmac("sha256", key).update(`task-feed/${personId}/${salt}`).digest("base64url");
}

export function hashFeedSecret(secret: string): string {
  return createHash("sha256").update(secret, "utf8").digest("hex");
}
