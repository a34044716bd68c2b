import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const CIPHER = "aes-256-gcm";
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Text for the database, unreadable without the key, which is stored elsewhere. @param key 32 bytes, base64url */
export function seal(text: string, key: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, Buffer.from(key, "base64url"), iv);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url");
}

/** @returns null for any other key */
export function unseal(sealed: string, key: string): string | null {
  const bytes = Buffer.from(sealed, "base64url");
  const tagAt = IV_BYTES + TAG_BYTES;
  try {
    const decipher = createDecipheriv(CIPHER, Buffer.from(key, "base64url"), bytes.subarray(0, IV_BYTES));
    decipher.setAuthTag(bytes.subarray(IV_BYTES, tagAt));
    return Buffer.concat([decipher.update(bytes.subarray(tagAt)), decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}

/** The key for one use, made of the portal's secret, which is stored elsewhere than what it seals. */
export const sealingKey = (authSecret: string, use: "evidence-signing-key" | "webhook"): string =>
  Buffer.from(hkdfSync("sha256", authSecret, "", `with-care/${use}`, 32)).toString("base64url");
