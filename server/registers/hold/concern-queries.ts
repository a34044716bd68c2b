import "server-only";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { listInForceWithTargets, lockDeletions } from "./repository.ts";

// Apart from the queries of pages, whose answers React keeps for a request: commands run without it.

/** What the holds in force of a body keep from being deleted. */
export interface Held {
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
export async function holdEverythingConcerned(tx: Prisma.TransactionClient, body: string): Promise<Held> {
  await lockDeletions(tx, body);
  const holds = await listInForceWithTargets(tx, body);
  return {
    isEverything: holds.some(({ isOnSubject }) => isOnSubject),
    people: [...new Set(holds.flatMap(({ people }) => people))],
    groups: [...new Set(holds.flatMap(({ groups }) => groups))],
    references: [...new Set(holds.flatMap(({ reference, references }) => [reference, ...references]))],
  };
}
