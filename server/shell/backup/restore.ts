import { migrateWithin, readMigrations, type Migration, type MigrationConnection } from "#server/base/db/migrate.ts";
import { listTables, quote, type Table } from "./catalogue.ts";
import { BackupError, type BackupHeader } from "./format.ts";
import { readBackup } from "./read.ts";

const ROWS_AT_ONCE = 500;
const BYTES_AT_ONCE = 1_000_000;

/** The job queue; it is created anew at the next start, and checks the records for what is due. */
const QUEUE_SCHEMA = "pgboss";

/** What a database contains that a backup is to be restored to. */
export type Present =
  | { kind: "empty" }
  /** Tables that the portal did not create. */
  | { kind: "foreign"; table: string }
  | { kind: "filled"; rows: number };

/** Inspects the database without changing anything. Tables without a row count as empty. */
export async function lookInto({ query }: MigrationConnection): Promise<Present> {
  const [found] = await query<{ is_ours: boolean }>(
    `SELECT to_regclass('public."_prisma_migrations"') IS NOT NULL AND to_regclass('public."Evidence"') IS NOT NULL AS is_ours`,
  );
  const tables = await listTables(query);
  const [first] = tables;
  if (first && !found?.is_ours) return { kind: "foreign", table: first.name };
  let rows = 0;
  for (const { name } of tables)
    rows += (await query<{ count: number }>(`SELECT count(*)::int AS count FROM ${quote(name)}`))[0]?.count ?? 0;
  return rows === 0 ? { kind: "empty" } : { kind: "filled", rows };
}

/**
 * The migrations that the backup was made at, and those added since.
 * @throws BackupError if this version of the code lacks one of them: the backup is newer, or from another edition
 */
export function splitMigrations(header: BackupHeader, folder: string): { before: Migration[]; after: Migration[] } {
  const known = readMigrations(folder);
  for (const { name, checksum } of header.migrations) {
    const found = known.find((migration) => migration.name === name);
    if (!found)
      throw new BackupError(
        `The backup was made by a newer version of With Care (${header.software}; it has the migration ${name}): install that version, and restore with it.`,
      );
    if (found.checksum !== checksum)
      throw new BackupError(
        `The migration ${name} was changed since the backup was made: put prisma/migrations/${name}/migration.sql back as it was.`,
      );
  }
  const isInBackup = ({ name }: Migration) => header.migrations.some((migration) => migration.name === name);
  return { before: known.filter(isInBackup), after: known.filter((migration) => !isInBackup(migration)) };
}

/**
 * Replaces everything in the database by the backup and brings it up to date, in one transaction: if it fails or is
 * killed, the database is left as it was. Tables, triggers and keys are created by the migrations, as at a first start;
 * foreign keys are added once all rows are there, and so checked for each row.
 * @param file checked before; it is read again
 * @returns how many rows there are now
 * @throws BackupError, or an error from the database
 */
export async function restore(connection: MigrationConnection, file: string, folder: string): Promise<number> {
  await connection.run("BEGIN");
  try {
    for (const setting of ["search_path = public", "lock_timeout = '10s'", "statement_timeout = 0", "TimeZone = 'UTC'"])
      await connection.run(`SET LOCAL ${setting}`);
    await connection.run(EMPTY_THE_DATABASE);
    const rows = await fill(connection, file, folder);
    await connection.run("ANALYZE");
    await connection.run("COMMIT");
    return rows;
  } catch (error) {
    await connection.run("ROLLBACK").catch(() => {}); // a lost connection has rolled back already
    throw error;
  }
}

async function fill(connection: MigrationConnection, file: string, folder: string): Promise<number> {
  let after: Migration[] = [];
  let tables = new Map<string, Table>();
  let keys: ForeignKey[] = [];
  let batch = new Batch(connection, null);
  let rows = 0;
  for await (const part of readBackup(file)) {
    if (part.kind === "header") {
      const { before, after: later } = splitMigrations(part.header, folder);
      after = later;
      await migrateWithin(connection, before);
      tables = new Map((await listTables(connection.query)).map((table) => [table.name, table]));
      keys = await dropForeignKeys(connection);
    } else if (part.kind === "table") {
      batch = new Batch(connection, columnsOf(tables.get(part.table), part));
      await connection.query(`DELETE FROM ${quote(part.table)}`); // what a migration itself may have inserted
    } else if (part.kind === "row") await batch.add(part.row, part.size);
    else if (part.kind === "table-end") await batch.write();
    else rows = part.rows;
  }
  for (const { table, name, definition } of keys)
    await connection.run(`ALTER TABLE ${table} ADD CONSTRAINT ${quote(name)} ${definition}`);
  await migrateWithin(connection, after);
  return rows;
}

/** @throws BackupError if the table is not as its migrations create it: no portal wrote this */
function columnsOf(table: Table | undefined, { table: name, columns }: { table: string; columns: string[] }): Table {
  const found = columns.map((column) => table?.columns.find((one) => one.name === column));
  const known = found.flatMap((column) => column ?? []);
  if (!table || known.length !== table.columns.length || known.length !== columns.length)
    throw new BackupError(`The backup has a table ${name} that is not as its migrations make it: take another copy.`);
  return { ...table, columns: known };
}

/** Rows of one table, inserted in batches. */
class Batch {
  readonly #connection: MigrationConnection;
  readonly #insert: string;
  #rows: (string | null)[][] = [];
  #size = 0;

  constructor(connection: MigrationConnection, table: Table | null) {
    this.#connection = connection;
    const names = table?.columns.map(({ name }) => quote(name)).join(", ");
    const values = table?.columns.map(({ type }, index) => `(r->>${index})::${type}`).join(", ");
    this.#insert = table
      ? `INSERT INTO ${quote(table.name)} (${names}) SELECT ${values} FROM jsonb_array_elements($1::jsonb) AS r`
      : "";
  }

  async add(row: (string | null)[], size: number): Promise<void> {
    this.#rows.push(row);
    this.#size += size;
    if (this.#rows.length >= ROWS_AT_ONCE || this.#size >= BYTES_AT_ONCE) await this.write();
  }

  async write(): Promise<void> {
    if (this.#rows.length > 0) await this.#connection.query(this.#insert, [JSON.stringify(this.#rows)]);
    [this.#rows, this.#size] = [[], 0];
  }
}

interface ForeignKey {
  table: string;
  name: string;
  definition: string;
}

/** Tables refer to each other in circles, so no order of rows satisfies the foreign keys all the time. */
async function dropForeignKeys({ query, run }: MigrationConnection): Promise<ForeignKey[]> {
  const keys = await query<ForeignKey>(
    `SELECT conrelid::regclass::text AS table, conname AS name, pg_get_constraintdef(oid) AS definition
       FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace ORDER BY conname`,
  );
  for (const { table, name } of keys) await run(`ALTER TABLE ${table} DROP CONSTRAINT ${quote(name)}`);
  return keys;
}

/** Drops whole tables, which none of their triggers refuses; what belongs to an extension of the server stays. */
const EMPTY_THE_DATABASE = `DO $$
DECLARE
  things text[];
  thing text;
BEGIN
  DROP SCHEMA IF EXISTS ${QUEUE_SCHEMA} CASCADE;
  SELECT array_agg(name) INTO things FROM (
    SELECT 'TABLE IF EXISTS ' || c.oid::regclass AS name, c.oid FROM pg_class c
     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
    UNION ALL
    SELECT 'ROUTINE IF EXISTS ' || oid::regprocedure, oid FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL
    SELECT 'TYPE IF EXISTS ' || format_type(oid, NULL), oid FROM pg_type
     WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd')
  ) found WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = found.oid AND d.deptype = 'e');
  FOREACH thing IN ARRAY coalesce(things, '{}') LOOP
    EXECUTE 'DROP ' || thing || ' CASCADE';
  END LOOP;
END $$`;
