import "server-only";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { deleteSessions, deleteSessionsOf } from "./repository.ts";

/**
 * Signs somebody out everywhere, at once, or several: for the service that says that they left or moved, in its
 * transaction.
 * @returns how many sessions there were
 */
export async function endSessionsOf(
  tx: Prisma.TransactionClient,
  personId: string | readonly string[],
): Promise<number> {
  return deleteSessionsOf(tx, personId);
}

/** Ends one session of somebody: for the service that lets administrators do so. @returns false where there is none */
export async function endSessionOf(tx: Prisma.TransactionClient, personId: string, id: string): Promise<boolean> {
  return (await deleteSessions(tx, personId, { only: id })) === 1;
}
