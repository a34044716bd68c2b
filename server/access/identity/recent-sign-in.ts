import "server-only";
import { isRecent, needsRecentSignIn } from "#domain/access/identity/recent-sign-in.ts";
import type { RequestContext } from "#server/base/request/context.ts";

/** Somebody has to sign in again first; receive-form.ts keeps what they typed, and leads them through it. */
export class NotRecentlySignedIn extends Error {
  override name = "NotRecentlySignedIn";
}

/**
 * Stands in the one way to change anything (`transact`), so that no way to an act leads around it. It asks only of who is
 * signed in at this request: programs, commands, timed work and evaluation mode have nobody who could sign in again.
 * @param provedAt when they last proved who they are; null where nobody knows
 * @returns what throws NotRecentlySignedIn where an act of theirs needs a recent sign-in
 */
export function recentSignInGuard(
  personId: string,
  provedAt: Date | null,
): NonNullable<RequestContext["requireForActs"]> {
  return (events, now) => {
    if (isRecent(provedAt, now)) return;
    if (events.some((event) => event.actor === personId && needsRecentSignIn(event))) throw new NotRecentlySignedIn();
  };
}
