import { createHash, randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { StartFailure } from "#server/base/start-failure.ts";

/** One connection to the database: PGlite itself, or a client of a PostgreSQL server. */
export interface MigrationConnection {
  query<Row>(sql: string, values?: unknown[]): Promise<Row[]>;
  run(script: string): Promise<void>;
}

export interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

interface AppliedMigration {
  migration_name: string;
  checksum: string;
  is_finished: boolean;
}

// Prisma's own table, columns and checksum, so that `prisma migrate deploy` and `status` work on the same database.
const MIGRATION_TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

/**
 * Brings the database up to date: applies every missing migration, in order, each in its own transaction.
 * The caller ensures that nobody else migrates at the same time.
 * @param folder contains `<timestamp>_<name>/migration.sql`, named as Prisma names them
 * @returns names of the migrations applied now
 * @throws StartFailure if the database is newer than the code, or a migration was changed, left half done or fails
 */
export async function migrate(connection: MigrationConnection, folder: string): Promise<string[]> {
  const migrations = readMigrations(folder);
  // An account that may not create tables gets this far on a database that is up to date.
  if (!(await hasMigrationTable(connection))) await connection.run(MIGRATION_TABLE);
  const applied = await listApplied(connection);
  for (const row of applied) checkApplied(row, migrations);
  const pending = migrations.filter(({ name }) => !applied.some((row) => row.migration_name === name));
  for (const migration of pending) await apply(connection, migration);
  return pending.map(({ name }) => name);
}

/**
 * Checks that the database matches this version of the code, and changes nothing.
 * @throws StartFailure if it is older or newer, or is not a With Care database
 */
export async function checkMigrated(connection: MigrationConnection, folder: string): Promise<void> {
  if (!(await hasMigrationTable(connection)))
    throw new StartFailure("The database holds nothing of With Care yet: start the portal once.");
  const migrations = readMigrations(folder);
  const applied = await listApplied(connection);
  for (const row of applied) checkApplied(row, migrations);
  const pending = migrations.find(({ name }) => !applied.some((row) => row.migration_name === name));
  if (!pending) return;
  throw new StartFailure(
    `The database is older than this version of With Care (it lacks the migration ${pending.name}): start the portal once, which brings it up to date.`,
  );
}

async function hasMigrationTable(connection: MigrationConnection): Promise<boolean> {
  const sql = `SELECT to_regclass('public."_prisma_migrations"') IS NOT NULL AS is_there`;
  const [table] = await connection.query<{ is_there: boolean }>(sql);
  return table?.is_there ?? false;
}

const listApplied = (connection: MigrationConnection): Promise<AppliedMigration[]> =>
  connection.query<AppliedMigration>(
    `SELECT migration_name, checksum, finished_at IS NOT NULL AS is_finished
       FROM "_prisma_migrations" WHERE rolled_back_at IS NULL ORDER BY started_at`,
  );

function checkApplied(row: AppliedMigration, migrations: Migration[]): void {
  const name = row.migration_name;
  const known = migrations.find((migration) => migration.name === name);
  if (!known) {
    throw new StartFailure(
      `The database is newer than this version of With Care (it has the migration ${name}): install the newer version again, or restore a copy of the database made before it.`,
    );
  }
  if (!row.is_finished) {
    throw new StartFailure(
      `The migration ${name} was begun on this database by another tool and never finished: restore a copy of the database, or resolve it with "prisma migrate resolve".`,
    );
  }
  if (known.checksum !== row.checksum) {
    throw new StartFailure(
      `The migration ${name} was changed after it was applied to this database: put prisma/migrations/${name}/migration.sql back as it was, and write a new migration instead.`,
    );
  }
}

/** Applies missing migrations within the caller's transaction: for `npm run restore`. @param migrations in order */
export async function migrateWithin(connection: MigrationConnection, migrations: readonly Migration[]): Promise<void> {
  await connection.run(MIGRATION_TABLE);
  for (const migration of migrations) await write(connection, migration);
}

async function write(connection: MigrationConnection, { name, sql, checksum }: Migration): Promise<void> {
  await connection.run(sql);
  await connection.query(
    `INSERT INTO "_prisma_migrations" (id, checksum, finished_at, migration_name, applied_steps_count)
     VALUES ($1, $2, now(), $3, 1)`,
    [randomUUID(), checksum, name],
  );
}

async function apply(connection: MigrationConnection, migration: Migration): Promise<void> {
  const { name } = migration;
  await connection.run("BEGIN");
  try {
    await write(connection, migration);
    await connection.run("COMMIT");
  } catch (error) {
    await connection.run("ROLLBACK");
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartFailure(
      `The migration ${name} failed and was undone (${reason}): the database is as it was before.`,
    );
  }
}

/** The migrations of this version of the code, in order. */
export function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder).filter((name) => existsSync(path.join(folder, name, "migration.sql")));
  return names.sort().map((name) => {
    const sql = readFileSync(path.join(folder, name, "migration.sql"), "utf8");
    return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
  });
}
