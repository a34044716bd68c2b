import { createHash, randomBytes } from "node:crypto";

/** The secret part of the address of somebody's feed: 256 random bits. */
export const makeFeedSecret = (): string => randomBytes(32).toString("base64url");

/** What is stored of it: with this many random bits, no salt is needed. */
export const hashFeedSecret = (secret: string): string => createHash("sha256").update(secret, "utf8").digest("hex");
