import "server-only";
import { createHmac, timingSafeEqual } from "node:crypto";

const VALID_FOR_MS = 60_000;

/**
 * Lets the command that checks the evidence in: only who can read the portal's sign-in secret can make one.
 * @returns the time and its seal; good for a minute before and after
 */
export function makeVerificationToken(secret: string, at: Date): string {
  return `${at.getTime()}.${seal(secret, String(at.getTime()))}`;
}

/** Whether a token was made with this secret, just now. */
export function isVerificationToken(secret: string, token: string, now: Date): boolean {
  const [, time, given] = /^(\d{1,15})\.([\w-]{43})$/.exec(token) ?? [];
  if (time === undefined || given === undefined) return false;
  const isSealed = timingSafeEqual(Buffer.from(given), Buffer.from(seal(secret, time)));
  return isSealed && Math.abs(now.getTime() - Number(time)) <= VALID_FOR_MS;
}

function seal(secret: string, time: string): string {
  return createHmac("sha256", secret).update(`evidence-verification/${time}`).digest("base64url");
}
