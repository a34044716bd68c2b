import "server-only";
import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

/** Marks a token as such, also for tools that search code for secrets. */
const PREFIX = "wc_";
const TOKEN = /^wc_[\w-]{43}$/;
const CIPHER = "aes-256-gcm";
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A new token: 256 random bits behind its prefix. */
export function makeSecret(): string {
  return PREFIX + randomBytes(32).toString("base64url");
}

export function isSecret(text: string): boolean {
  return TOKEN.test(text);
}

/** What is stored of a token. 256 random bits cannot be guessed, so no salt is needed. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret, "utf8").digest("hex");
}

/**
 * Derived from a form's own key: a hash to recognise the form by, and the key that seals the new token. Neither can be
 * derived from the other, or from what is stored.
 */
export function formKeys(personId: string, startKey: string): { startHash: string; sealKey: string } {
  const derive = (use: string) => createHash("sha256").update(`${use}/${personId}/${startKey}`, "utf8").digest();
  return { startHash: derive("start").toString("hex"), sealKey: derive("seal").toString("base64url") };
}

/** The token, sealed until it is shown once: unreadable without the key. */
export function seal(secret: string, sealKey: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, Buffer.from(sealKey, "base64url"), iv);
  const text = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), text]).toString("base64url");
}

/** @returns null for any other key */
export function unseal(sealed: string, sealKey: string): string | null {
  const bytes = Buffer.from(sealed, "base64url");
  const [iv, tag, text] = [
    bytes.subarray(0, IV_BYTES),
    bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES),
    bytes.subarray(IV_BYTES + TAG_BYTES),
  ];
  try {
    const decipher = createDecipheriv(CIPHER, Buffer.from(sealKey, "base64url"), iv).setAuthTag(tag);
    return Buffer.concat([decipher.update(text), decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}
