import "server-only";
import { createHmac, timingSafeEqual } from "node:crypto";

const VALID_FOR_MS = 60_000;

/**
 * Lets a command in that runs beside the portal: only who can read its sign-in secret can make one.
 * @param purpose what the command does; a token is good for that alone
 * @returns the time and its seal; good for a minute before and after
 */
export function makeVerificationToken(secret: string, at: Date, purpose = "evidence-verification"): string {
  return `${at.getTime()}.${seal(secret, String(at.getTime()), purpose)}`;
}

/** Whether a token was made with this secret, just now. */
export function isVerificationToken(
  secret: string,
  token: string,
  now: Date,
  purpose = "evidence-verification",
): boolean {
  const [, time, given] = /^(\d{1,15})\.([\w-]{43})$/.exec(token) ?? [];
  if (time === undefined || given === undefined) return false;
  const isSealed = timingSafeEqual(Buffer.from(given), Buffer.from(seal(secret, time, purpose)));
  return isSealed && Math.abs(now.getTime() - Number(time)) <= VALID_FOR_MS;
}

function seal(secret: string, time: string, purpose: string): string {
  return createHmac("sha256", secret).update(`${purpose}/${time}`).digest("base64url");
}
