import path from "node:path";
import { useDatabase, type Database } from "./database.ts";
import { openEmbedded } from "./embedded.ts";
import { openPostgresql } from "./postgresql.ts";

/**
 * Opens the database that the settings name, migrated, and makes it the one that `getDatabase` returns.
 * @throws StartFailure with one sentence if it cannot be opened
 */
export async function openDatabase(env: {
  databaseUrl: string | null;
  databaseOwnerUrl?: string | null;
  databaseSessionUrl?: string | null;
  databaseReadUrl?: string | null;
  dataDir: string;
}): Promise<Database> {
  const migrationFolder = path.join(process.cwd(), "prisma", "migrations");
  const { databaseOwnerUrl: ownerUrl, databaseSessionUrl: sessionUrl, databaseReadUrl: readUrl } = env;
  const further = { ownerUrl: ownerUrl ?? null, sessionUrl: sessionUrl ?? null, readUrl: readUrl ?? null };
  const database = env.databaseUrl
    ? await openPostgresql(env.databaseUrl, migrationFolder, further)
    : await openEmbedded(env.dataDir, migrationFolder);
  useDatabase(database);
  return database;
}
