import "server-only";
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const CIPHER = "aes-256-gcm";
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Seals a private key for the database: unreadable without the portal's secret, which is stored elsewhere. */
export function sealKey(text: string, authSecret: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, wrappingKey(authSecret), iv);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url");
}

/** @returns null with any other secret */
export function openKey(sealed: string, authSecret: string): string | null {
  const bytes = Buffer.from(sealed, "base64url");
  const tagAt = IV_BYTES + TAG_BYTES;
  try {
    const decipher = createDecipheriv(CIPHER, wrappingKey(authSecret), bytes.subarray(0, IV_BYTES));
    decipher.setAuthTag(bytes.subarray(IV_BYTES, tagAt));
    return Buffer.concat([decipher.update(bytes.subarray(tagAt)), decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}

function wrappingKey(authSecret: string): Buffer {
  return Buffer.from(hkdfSync("sha256", authSecret, "", "with-care/evidence-signing-key", 32));
}
