import "server-only";
import type { PrismaClient } from "./generated/client.ts";

export interface Database {
  kind: "embedded" | "postgresql";
  prisma: PrismaClient;
  /** Ends all connections; an embedded database is then free for another process. */
  close(): Promise<void>;
}

// The bundler gives pages, actions and instrumentation each their own copy of this module; the database is one.
const holder = globalThis as typeof globalThis & { withCareDatabase?: Database | undefined };

/** Makes `database` the process's database: for `openDatabase`, and for tests. */
export function useDatabase(database: Database | undefined): void {
  holder.withCareDatabase = database;
}

/** The process's database, opened at start. Only repositories and `transact` have business with it. */
export function getDatabase(): PrismaClient {
  if (!holder.withCareDatabase) throw new Error("The database is not open: instrumentation.ts opens it at start.");
  return holder.withCareDatabase.prisma;
}

/** Closes the process's database, if it is open. */
export async function closeDatabase(): Promise<void> {
  const database = holder.withCareDatabase;
  useDatabase(undefined);
  await database?.close();
}
