import "server-only";
import { isCommandToken, makeCommandToken } from "#server/base/secret/command-token.ts";

/** The token of the command that checks the evidence. */
export function makeVerificationToken(secret: string, at: Date): string {
  return makeCommandToken("evidence-verification", secret, at);
}

/** Whether a token was made with this secret, just now. */
export function isVerificationToken(secret: string, token: string, now: Date): boolean {
  return isCommandToken("evidence-verification", secret, token, now);
}
