import "server-only";
import type { Actor } from "#domain/access/actor.ts";
import { can } from "#domain/access/permission.ts";
import { clock } from "#server/clock.ts";
import { getDatabase } from "#server/db/database.ts";
import { deleteFeed, writeFeed } from "./feed-repository.ts";
import { feedSecret, hashFeedSecret, makeSalt } from "./feed-secret.ts";

/** Gives the actor's tasks a secret address; one that was there before ends. */
export async function makeFeed(actor: Actor): Promise<void> {
  if (!can(actor, "own-data.read", actor)) return;
  const { personId } = actor;
  const salt = makeSalt();
  const hash = hashFeedSecret(feedSecret(personId, salt));
  await writeFeed(getDatabase(), { personId, salt, hash, madeAt: clock.now() });
}

/** Ends the secret address of the actor's tasks at once. */
export async function endFeed({ personId }: Actor): Promise<void> {
  await deleteFeed(getDatabase(), personId);
}
