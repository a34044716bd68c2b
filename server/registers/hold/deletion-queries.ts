import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import type { HoldReason, StandingHold } from "#domain/registers/hold/hold.ts";
import { getDatabase } from "#server/base/db/database.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { listInForceWithTargets, listOnGroup, listOnPerson, lockDeletions, type HoldRecord } from "./repository.ts";

// Apart from the queries of pages, whose answers React keeps for a request: commands run without it.

/** What the holds in force of a body keep from being deleted. */
export interface DataUnderHold {
  /** A hold on a subject concerns everybody, and so everything. */
  isEverything: boolean;
  /** Ids: those whom a hold concerns, also as a member of a group, and those who left. */
  people: string[];
  /** Ids: those that a hold names, and those of people whom a hold names. */
  groups: string[];
  /** References of those groups that are named, and of the holds themselves. */
  references: string[];
}

/** All that may not be deleted now, safe against a hold that is being placed: for what deletes many things at once. */
export async function holdEverythingConcerned(tx: Prisma.TransactionClient, body: string): Promise<DataUnderHold> {
  await lockDeletions(tx, body);
  const holds = await listInForceWithTargets(tx, body);
  return {
    isEverything: holds.some(({ isOnSubject }) => isOnSubject),
    people: [...new Set(holds.flatMap(({ people }) => people))],
    groups: [...new Set(holds.flatMap(({ groups }) => groups))],
    references: [...new Set(holds.flatMap(({ reference, references }) => [reference, ...references]))],
  };
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
  return listHoldsOnDeletion({ body, personId }, groupId, tx);
}

/** The same, for pages that speak of a deletion: without waiting for one that is being placed. */
export async function listHoldsOnDeletion(
  { body, personId }: Pick<Actor, "body" | "personId">,
  groupId: string | null,
  tx: Prisma.TransactionClient = getDatabase(),
): Promise<StandingHold[]> {
  const concerning = await listOnPerson(tx, body, personId);
  // A hold on one group is no hold on the messages of another that the same person is in.
  const own = concerning.filter(
    ({ isOnSubject, targets }) => groupId === null || isOnSubject || targets.some((one) => one.personId === personId),
  );
  const onGroup = groupId === null ? [] : await listOnGroup(tx, body, groupId);
  return [...new Map([...own, ...onGroup].map((hold) => [hold.id, hold])).values()].map(toStanding);
}

/** A hold as those whom it concerns may read it. */
export function toStanding({
  reference,
  reason,
  keep,
  placedAt,
}: Pick<HoldRecord, "reference" | "reason" | "keep" | "placedAt">): StandingHold {
  return { reference, reason: REASON_NAMES[reason], keep, placedAt };
}

/** The database writes it with an underscore in the client. */
export const REASON_NAMES = {
  foi: "foi",
  subject_access: "subject-access",
  inquiry: "inquiry",
  complaint: "complaint",
  incident: "incident",
  litigation: "litigation",
} as const satisfies Record<HoldRecord["reason"], HoldReason>;
