import { createHmac, timingSafeEqual } from "node:crypto";

const VALID_FOR_MS = 60_000;

/** What a command asks of a running portal; a token for one purpose is not valid for another. */
export type CommandPurpose =
  "evidence-verification" | "backup" | "people-import" | "policy-publish" | "signing-keys" | "doctor";

/**
 * Authorises a command: only those who can read the portal's sign-in secret can make a token.
 * @returns the time and its signature; valid for a minute before and after
 */
export const makeCommandToken = (purpose: CommandPurpose, secret: string, at: Date): string =>
  `${at.getTime()}.${seal(purpose, secret, String(at.getTime()))}`;

/** Whether a token was made for this purpose and with this secret, just now. */
export function isCommandToken(purpose: CommandPurpose, secret: string, token: string, now: Date): boolean {
  const [, time, given] = /^(\d{1,15})\.([\w-]{43})$/.exec(token) ?? [];
  if (time === undefined || given === undefined) return false;
  const isSealed = timingSafeEqual(Buffer.from(given), Buffer.from(seal(purpose, secret, time)));
  return isSealed && Math.abs(now.getTime() - Number(time)) <= VALID_FOR_MS;
}

const seal = (purpose: CommandPurpose, secret: string, time: string): string =>
  createHmac("sha256", secret).update(`${purpose}/${time}`).digest("base64url");
