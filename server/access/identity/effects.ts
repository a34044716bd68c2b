import "server-only";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { deleteSessions, deleteSessionsOf } from "./repository.ts";

/**
 * Signs one or several people out everywhere, in the transaction that marks them as having left or moved.
 * @returns how many sessions there were
 */
export async function endSessionsOf(
  tx: Prisma.TransactionClient,
  personId: string | readonly string[],
): Promise<number> {
  return deleteSessionsOf(tx, personId);
}

/** Ends one session of somebody, on behalf of an administrator. @returns false if there is none */
export async function endSessionOf(tx: Prisma.TransactionClient, personId: string, id: string): Promise<boolean> {
  return (await deleteSessions(tx, personId, { only: id })) === 1;
}
