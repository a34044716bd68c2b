import "server-only";
import { createHash, randomBytes } from "node:crypto";

/** The secret of a link: 192 random bits. */
export function makeLinkSecret(): string {
  return randomBytes(24).toString("base64url");
}

/** What is stored of it: so many random bits need no salt. */
export function hashOfReceiptLink(secret: string): string {
  return createHash("sha256").update(secret, "utf8").digest("hex");
}
