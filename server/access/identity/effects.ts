import "server-only";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { deleteSessions } from "./repository.ts";

export { endSessionsOf } from "./repository.ts";

type Tx = Prisma.TransactionClient;

/** Ends one session of somebody, on behalf of an administrator. @returns false if there is none */
export async function endSessionOf(tx: Tx, personId: string, id: string): Promise<boolean> {
  return (await deleteSessions(tx, personId, { only: id })) === 1;
}
