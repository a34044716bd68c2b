import type { Tx } from "#server/base/db/database.ts";
import { deleteSessions } from "./repository.ts";

export { endSessionsOf, writeRolesConfirmed } from "./repository.ts";

/** Ends one session of somebody, on behalf of an administrator. @returns false if there is none */
export const endSessionOf = async (tx: Tx, personId: string, id: string): Promise<boolean> =>
  (await deleteSessions(tx, personId, { only: id })) === 1;
