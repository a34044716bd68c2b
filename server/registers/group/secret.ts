import { createHash } from "node:crypto";

/** What is stored of a link's secret: 256 random bits need no salt. */
export const hashOfJoinLink = (secret: string): string => createHash("sha256").update(secret).digest("hex");
