import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import type { HoldReason, StandingHold } from "#domain/registers/hold/hold.ts";
import { getDatabase } from "#server/base/db/database.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { listInForceWithTargets, listOnGroup, listOnPerson, lockDeletions, type HoldRecord } from "./repository.ts";

// Separate from the queries for pages, which React caches per request: commands run without React.

/** The data that a body's holds in force protect from deletion. */
export interface DataUnderHold {
  /** A hold on a subject concerns everybody, and so protects everything. */
  isEverything: boolean;
  /** Ids of people concerned by a hold, including members of groups and leavers. */
  people: string[];
  /** Ids of groups named by a hold, and of groups of people named by a hold. */
  groups: string[];
  /** References of the named groups, and of the holds themselves. */
  references: string[];
}

/** Everything that must not be deleted now, with holds locked so that none is placed meanwhile: for bulk deletion. */
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
 * The holds that prevent somebody from deleting now, with holds locked so that none is placed meanwhile: for services
 * that record a deletion, in their transaction.
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

/** The same without the lock, for pages about a deletion. */
export async function listHoldsOnDeletion(
  { body, personId }: Pick<Actor, "body" | "personId">,
  groupId: string | null,
  tx: Prisma.TransactionClient = getDatabase(),
): Promise<StandingHold[]> {
  const concerning = await listOnPerson(tx, body, personId);
  // A hold on one group does not cover another group that the same person is in.
  const own = concerning.filter(
    ({ isOnSubject, targets }) => groupId === null || isOnSubject || targets.some((one) => one.personId === personId),
  );
  const onGroup = groupId === null ? [] : await listOnGroup(tx, body, groupId);
  return [...new Map([...own, ...onGroup].map((hold) => [hold.id, hold])).values()].map(toStanding);
}

/** A hold as shown to the people it concerns. */
export function toStanding({
  reference,
  reason,
  keep,
  placedAt,
}: Pick<HoldRecord, "reference" | "reason" | "keep" | "placedAt">): StandingHold {
  return { reference, reason: REASON_NAMES[reason], keep, placedAt };
}

/** The database client uses underscores. */
export const REASON_NAMES = {
  foi: "foi",
  environmental: "environmental",
  subject_access: "subject-access",
  regulator: "regulator",
  inquiry: "inquiry",
  complaint: "complaint",
  incident: "incident",
  litigation: "litigation",
} as const satisfies Record<HoldRecord["reason"], HoldReason>;
