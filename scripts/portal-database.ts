import { closeDatabase } from "#server/base/db/database.ts";
import { DatabaseInUse } from "#server/base/db/embedded.ts";
import { openDatabase } from "#server/base/db/open-database.ts";
import { makeDataFolder } from "#server/base/environment/data-folder.ts";
import type { Env } from "#server/base/environment/environment.mjs";
import { connectRooms } from "#server/shell/connect-rooms.ts";
import { runCommand } from "./command.ts";

/** `runCommand` for a command that opens the portal's database: it is closed at the end. */
export async function runOnDatabase(failure: string, run: () => Promise<void>): Promise<void> {
  await runCommand(failure, () => run().finally(closeDatabase));
}

/** Opens the database as the portal does. @throws DatabaseInUse where a running portal has the embedded one */
export async function openToWrite(env: Env): Promise<void> {
  if (!env.databaseUrl) makeDataFolder(env.dataDir);
  connectRooms();
  await openDatabase(env);
}

/** The same. @returns false where a running portal has the embedded database */
export async function openUnlessInUse(env: Env): Promise<boolean> {
  try {
    await openToWrite(env);
    return true;
  } catch (error) {
    if (error instanceof DatabaseInUse) return false;
    throw error;
  }
}
