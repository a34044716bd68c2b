import { createHash, randomBytes } from "node:crypto";

/** The secret part of the address of somebody's feed: 256 random bits. */
export function makeFeedSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** What is stored of it: with this many random bits, no salt is needed. */
export function hashFeedSecret(secret: string): string {
  return createHash("sha256").update(secret, "utf8").digest("hex");
}
