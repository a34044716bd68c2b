import type { Prisma, PrismaClient } from "./generated/client.ts";
import type { MigrationConnection } from "./migrate.ts";
import { shared } from "#server/base/process-shared.mjs";

export type { Prisma };

/** What statements go through: a transaction, or the database itself. */
export type Tx = Prisma.TransactionClient;

/** How the job queue reaches the database: through the only engine, or with connections of its own. */
export type QueueConnection =
  { db: { executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }> } } | { connectionString: string };

/** A copy of the database on another server, which follows it. */
export interface Replica {
  /** @returns null if it is behind what `primary` has committed, or fails */
  read<Result>(primary: PrismaClient, read: (tx: Tx) => Promise<Result>): Promise<{ result: Result } | null>;
  /** Whether it is a replica of this database. @throws the connection's error if it does not answer */
  isReplicaOf(primary: PrismaClient): Promise<boolean>;
  close(): Promise<void>;
}

export interface Database {
  kind: "embedded" | "postgresql";
  prisma: PrismaClient;
  /** Null if the database was opened read-only: no scheduled jobs then. */
  queue: QueueConnection | null;
  /** Where `readFromReplica` reads; null if none is configured. */
  replica: Replica | null;
  /** Closes all connections; an embedded database is then free for another process. */
  close(): Promise<void>;
}

/** A database to which a backup is restored. */
export interface ToRestore {
  connection: MigrationConnection;
  /** To be called before and after the restore. */
  begin(): Promise<void>;
  finish(): Promise<void>;
  close(): Promise<void>;
}

declare global {
  interface ProcessShared {
    database?: Database | undefined;
  }
}

/** Makes `database` the process's database: for `openDatabase`, and for tests. */
export function useDatabase(database: Database | undefined): void {
  shared.database = database;
}

/** The process's database, opened at the start. Only for repositories and `transact`. */
export const getDatabase = (): PrismaClient => getOpenDatabase().prisma;

/** The same with what belongs to it: for `npm run backup`. */
export function getOpenDatabase(): Database {
  if (!shared.database) throw new Error("The database is not open: instrumentation.ts opens it at start.");
  return shared.database;
}

/** Closes the process's database, if it is open. */
export async function closeDatabase(): Promise<void> {
  const database = shared.database;
  useDatabase(undefined);
  await database?.close();
}
