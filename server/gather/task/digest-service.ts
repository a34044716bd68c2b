import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { takeWaiting } from "#server/evidence/notice/queries.ts";
import { lockDigestState, writeOffSince } from "./digest-repository.ts";

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
