import { existsSync, readdirSync, realpathSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { messages, PGlite } from "@electric-sql/pglite";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { claimDataFolder, closeDataFolder } from "#server/base/environment/data-folder.ts";
import { lockFolder } from "#server/base/process-lock/process-lock.mjs";
import { StartFailure } from "#server/base/start-failure.ts";
import type { Database, ToRestore } from "./database.ts";
import { PrismaClient } from "./generated/client.ts";
import { checkMigrated, migrate, type MigrationConnection } from "./migrate.ts";
import { noteFailure } from "./unavailable.ts";

const FOLDER = "database";
const UNFINISHED = "database.new-";

// PGlite switches syncing off by default (-F) and its file layer ignores fsync; a write-ahead log opened for
// synchronous writes is on the disk when a commit returns.
const START_PARAMETERS = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== "-F"),
  "-c",
  "wal_sync_method=open_datasync",
  // It fills these when it starts; 128 MB of them took a third of that time and more memory than the rest of the
  // portal. Behind them are the files in the operating system's cache.
  "-c",
  "shared_buffers=16MB",
];

/** The embedded database belongs to another process, which a command may ask instead. */
export class DatabaseInUse extends StartFailure {}

/**
 * Opens the embedded database in the existing data folder, for this process alone; creates and migrates it as needed.
 * @throws StartFailure if another process has it, or it cannot be opened or migrated
 */
export async function openEmbedded(dataDir: string, migrationFolder: string): Promise<Database> {
  const { home, lock } = await take(dataDir);
  if (lock === null) {
    throw new DatabaseInUse(
      `Another With Care is already running on the data folder ${home}: stop that one first, or give this one its own DATA_DIR.`,
    );
  }
  try {
    const pglite = await openFolder(home);
    try {
      await migrate(migrationConnection(pglite), migrationFolder);
      return createEmbedded(pglite, () => lock.release());
    } catch (error) {
      await pglite.close();
      throw error;
    }
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/**
 * Opens the embedded database in the data folder read-only, as it is: nothing is created or migrated.
 * @param migrationFolder null: of whatever version it is
 * @returns null if another process has it
 * @throws StartFailure if there is none, it cannot be opened, or it is of another version
 */
export async function openEmbeddedToRead(dataDir: string, migrationFolder: string | null): Promise<Database | null> {
  if (!existsSync(path.join(dataDir, FOLDER)))
    throw new StartFailure(
      `There is no With Care database in the data folder ${dataDir}: name the right one with DATA_DIR, or start the portal once.`,
    );
  const { home, lock } = await take(dataDir);
  if (lock === null) return null;
  let pglite: PGlite | undefined;
  try {
    pglite = await openFolder(home);
    if (migrationFolder !== null) await checkMigrated(migrationConnection(pglite), migrationFolder);
    await pglite.exec("SET default_transaction_read_only = on");
    return { ...createEmbedded(pglite, () => lock.release()), queue: null };
  } catch (error) {
    await pglite?.close();
    await lock.release();
    throw error;
  }
}

/**
 * Opens the embedded database in the existing data folder to restore a backup: created if missing, and not migrated.
 * @returns null if another process has it
 * @throws StartFailure if it cannot be opened
 */
export async function openEmbeddedToRestore(dataDir: string): Promise<ToRestore | null> {
  const { home, lock } = await take(dataDir);
  if (lock === null) return null;
  try {
    const pglite = await openFolder(home);
    const close = () => pglite.close().then(() => lock.release());
    const nothing = () => Promise.resolve();
    return { connection: migrationConnection(pglite), begin: nothing, finish: nothing, close };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/**
 * The data folder, for this process alone; no lock if another process has it. @throws StartFailure if it belongs to
 * another account
 */
async function take(dataDir: string): Promise<{ home: string; lock: Awaited<ReturnType<typeof lockFolder>> }> {
  const home = realpathSync(dataDir);
  claimDataFolder(home);
  return { home, lock: await lockFolder(home) };
}

export const migrationConnection = (pglite: PGlite): MigrationConnection => ({
  query: async <Row>(sql: string, values?: unknown[]) => (await pglite.query<Row>(sql, values)).rows,
  run: async (script) => void (await pglite.exec(script)),
});

/** Opens only the engine, on a data folder that this process has to itself, neither migrated nor wrapped. */
export async function openFolder(home: string): Promise<PGlite> {
  const folder = path.join(home, FOLDER);
  // A first initialisation that was killed half-way can't be opened again, so it happens in another folder and is
  // renamed.
  for (const name of readdirSync(home)) {
    if (name.startsWith(UNFINISHED)) rmSync(path.join(home, name), { recursive: true, force: true });
  }
  try {
    if (!existsSync(folder)) {
      const unfinished = path.join(home, `${UNFINISHED}${process.pid}`);
      await (await PGlite.create(unfinished)).close();
      renameSync(unfinished, folder);
    }
    const pglite = await PGlite.create(folder, { startParams: START_PARAMETERS });
    keepPrivate(pglite);
    closeDataFolder(folder); // what it has created so far
    return pglite;
  } catch (error) {
    if (error instanceof StartFailure) throw error;
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new StartFailure(
      `The embedded database in ${folder} cannot be opened (${reason}): check the permissions and the free space, or restore the folder from a copy.`,
    );
  }
}

/** Its file layer gives new files permissions by its own mask, whatever this process's is: others get none. */
function keepPrivate(pglite: PGlite): void {
  const files = pglite.Module.FS as { chmod(file: unknown, mode: number, ...more: unknown[]): void };
  const change = files.chmod.bind(files);
  files.chmod = (file: unknown, mode: number, ...more: unknown[]) => change(file, mode & ~0o077, ...more);
}

/** Sets up Prisma on a migrated engine. */
export function createEmbedded(pglite: PGlite, afterClose: () => Promise<void>): Database {
  const prisma = new PrismaClient({ adapter: new PrismaPGlite(watched(pglite)) });
  return {
    kind: "embedded",
    prisma,
    queue: { db: { executeSql: (text, values) => executeSql(pglite, text, values) } },
    replica: null,
    close: async () => {
      await prisma.$disconnect();
      if (!pglite.closed) await pglite.close();
      await afterClose();
    },
  };
}

/**
 * The engine as Prisma gets it: if it fails for lack of space and the like, the current request is told. It runs in
 * this thread, so a series of statements would block everything else: between two of them others get a turn.
 */
const watched = <Engine extends Pick<PGlite, "query"> & Partial<Pick<PGlite, "transaction">>>(engine: Engine): Engine =>
  new Proxy(engine, {
    get(target, name) {
      if (name === "query")
        return (...args: Parameters<PGlite["query"]>) => noting(target.query(...args), true).finally(giveTurn);
      if (name === "transaction")
        return (run: Parameters<PGlite["transaction"]>[0]) => {
          const running = target.transaction?.((tx) => run(watched(tx)));
          return running && noting(running, false);
        };
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });

const TURN_AFTER_MS = 20;
let turnAt = 0;

/** Gives waiting work a turn, unless that was only a moment ago. */
async function giveTurn(): Promise<void> {
  if (performance.now() - turnAt < TURN_AFTER_MS) return;
  await nextTurn();
  turnAt = performance.now();
}

/** @param isAny false: what a transaction throws may be its caller's own, so only the engine's own errors count */
async function noting<Result>(call: Promise<Result>, isAny: boolean): Promise<Result> {
  try {
    return await call;
  } catch (error) {
    if (isAny || error instanceof messages.DatabaseError) noteFailure(error);
    throw error;
  }
}

/**
 * Runs one statement with values, or a script, for the job queue. A script has its own transaction: it runs inside one,
 * so that a failure half-way is undone before anybody else gets the engine.
 * @returns the rows of the last statement; none once the engine is closed, because the queue's last calls come late
 */
async function executeSql(pglite: PGlite, text: string, values: unknown[] = []): Promise<{ rows: unknown[] }> {
  if (pglite.closed) return { rows: [] };
  if (values.length > 0) return pglite.query(text, values);
  const results = await pglite.transaction((tx) => tx.exec(text));
  return { rows: results?.findLast(({ rows }) => rows.length > 0)?.rows ?? [] };
}
