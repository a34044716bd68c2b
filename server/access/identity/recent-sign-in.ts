import "server-only";
import { isRecent, needsRecentSignIn } from "#domain/access/identity/recent-sign-in.ts";
import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import { getRequestContext } from "#server/base/request/context.ts";

/** Somebody has to sign in again first; receive-form.ts keeps what they typed, and leads them through it. */
export class NotRecentlySignedIn extends Error {
  override name = "NotRecentlySignedIn";
}

/**
 * Stands in the one way to change anything, so that no way to an act leads around it. It asks only of who is signed in at
 * this request: programs, commands, timed work and evaluation mode have nobody who could sign in again.
 * @param events what the journal is about to say of the act
 * @throws NotRecentlySignedIn
 */
export function requireRecentSignIn(
  events: readonly Pick<EvidenceEvent, "event" | "data" | "actor">[],
  now: Date,
): void {
  const signedIn = getRequestContext()?.signedIn;
  if (!signedIn || isRecent(signedIn.provedAt, now)) return;
  if (events.some((event) => event.actor === signedIn.personId && needsRecentSignIn(event)))
    throw new NotRecentlySignedIn();
}
