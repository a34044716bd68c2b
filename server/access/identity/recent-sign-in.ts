import "server-only";
import { isRecent, needsRecentSignIn } from "#domain/access/identity/recent-sign-in.ts";
import type { RequestContext } from "#server/base/request/context.ts";

/** Thrown if somebody has to sign in again first; receive-form.ts keeps what they typed and sends them to sign in. */
export class NotRecentlySignedIn extends Error {
  override name = "NotRecentlySignedIn";
}

/**
 * Called by `transact`, through which every change goes, so that it cannot be bypassed. It applies only to people who
 * are signed in: with programs, commands, scheduled jobs and evaluation mode, there is nobody who could sign in again.
 * @param provedAt when they last signed in; null if unknown
 * @returns a function that throws NotRecentlySignedIn if one of the events needs a recent sign-in
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
