import "server-only";
import { createHash } from "node:crypto";

/** What is stored of a link's secret: 256 random bits need no salt. */
export function hashOfJoinLink(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
