import "server-only";
import { cache } from "react";
import type { Actor } from "#domain/access/actor.ts";
import type { HoldReason, StandingHold } from "#domain/hold/hold.ts";
import { getDatabase } from "#server/db/database.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import { listOnGroup, listOnPerson, lockDeletions } from "./repository.ts";

/** The holds in force that concern the actor; asked once a request, for every page that would speak of deleting. */
export const listOwnHolds = cache(async (actor: Actor): Promise<StandingHold[]> => {
  return (await listOnPerson(getDatabase(), actor.body, actor.personId)).map(toStanding);
});

/** The holds in force on a group of the body. For other nouns, which have authorised already. */
export async function listHoldsOnGroup(
  body: string,
  groupId: string,
  tx: Prisma.TransactionClient = getDatabase(),
): Promise<StandingHold[]> {
  return (await listOnGroup(tx, body, groupId)).map(toStanding);
}

/**
 * The holds that forbid somebody to delete now, safe against one that is being placed: for services that record a
 * deletion, in their transaction.
 * @param groupId the group whose messages it is about; null for somebody's own messages
 */
export async function holdsOnDeletion(
  tx: Prisma.TransactionClient,
  { body, personId }: Pick<Actor, "body" | "personId">,
  groupId: string | null,
): Promise<StandingHold[]> {
  await lockDeletions(tx, body);
  const own = await listOnPerson(tx, body, personId);
  const onGroup = groupId === null ? [] : await listOnGroup(tx, body, groupId);
  return [...new Map([...own, ...onGroup].map((hold) => [hold.id, hold])).values()].map(toStanding);
}

/** The same, for pages that speak of a deletion: without waiting for one that is being placed. */
export async function listHoldsOnDeletion(
  { body, personId }: Pick<Actor, "body" | "personId">,
  groupId: string | null,
): Promise<StandingHold[]> {
  const own = await listOnPerson(getDatabase(), body, personId);
  const onGroup = groupId === null ? [] : await listOnGroup(getDatabase(), body, groupId);
  return [...new Map([...own, ...onGroup].map((hold) => [hold.id, hold])).values()].map(toStanding);
}

function toStanding({
  reference,
  reason,
  keep,
  placedAt,
}: Awaited<ReturnType<typeof listOnPerson>>[number]): StandingHold {
  return { reference, reason: REASON_NAMES[reason], keep, placedAt };
}

/** The database writes it with an underscore in the client. */
const REASON_NAMES = {
  foi: "foi",
  subject_access: "subject-access",
  inquiry: "inquiry",
  complaint: "complaint",
  incident: "incident",
  litigation: "litigation",
} as const satisfies Record<string, HoldReason>;
