import { type Actor, can } from "#domain/access/permission/permission.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { takeWaiting } from "#server/evidence/notice/queries.ts";
import { hashFeedSecret, makeFeedSecret } from "./feed-secret.ts";
import { deleteFeed, lockDigestState, writeFeed, writeOffSince } from "./repository.ts";

/**
 * Gives the actor's tasks a secret address; any earlier one ends.
 * @returns the secret in it, to be shown once; null for those who may not have one
 */
export async function makeFeed(actor: Actor): Promise<string | null> {
  if (!can(actor, "own-data.read", actor)) return null;
  const secret = makeFeedSecret();
  await writeFeed(getDatabase(), { personId: actor.personId, hash: hashFeedSecret(secret), madeAt: clock.now() });
  return secret;
}

/** Ends the secret address of the actor's tasks at once. */
export async function endFeed({ personId }: Actor): Promise<void> {
  await deleteFeed(getDatabase(), personId);
}

/**
 * Sets whether the actor wants the digest. Switched on again, it starts with what is new from then on. Urgent mail is
 * sent anyway.
 */
export async function switchDigest(actor: Actor, isOn: boolean): Promise<void> {
  if (!can(actor, "own-data.read", actor)) return;
  const { personId } = actor;
  const at = clock.now();
  await getDatabase().$transaction(async (tx) => {
    const { offSince } = await lockDigestState(tx, personId);
    if ((offSince === null) === isOn) return;
    if (isOn) await takeWaiting(tx, [personId], at);
    await writeOffSince(tx, personId, isOn ? null : at);
  });
}
