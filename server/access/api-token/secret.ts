import { createHash, randomBytes } from "node:crypto";

/** Marks a token as such, also for tools that search code for secrets. */
const PREFIX = "wc_";
const TOKEN = /^wc_[\w-]{43}$/;

/** A new token: 256 random bits behind its prefix. */
export const makeSecret = (): string => PREFIX + randomBytes(32).toString("base64url");

export const isSecret = (text: string): boolean => TOKEN.test(text);

/** What is stored of a token. 256 random bits cannot be guessed, so no salt is needed. */
export const hashSecret = (secret: string): string => createHash("sha256").update(secret, "utf8").digest("hex");

/**
 * Derived from a form's own key: a hash to recognise the form by, and the key that seals the new token. Neither can be
 * derived from the other, or from what is stored.
 */
export function formKeys(personId: string, startKey: string): { startHash: string; sealKey: string } {
  const derive = (use: string) => createHash("sha256").update(`${use}/${personId}/${startKey}`, "utf8").digest();
  return { startHash: derive("start").toString("hex"), sealKey: derive("seal").toString("base64url") };
}
