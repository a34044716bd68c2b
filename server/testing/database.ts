import "server-only";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe } from "vitest";
import { useDatabase, type Database } from "#server/db/database.ts";
import { openInMemory } from "#server/db/embedded.ts";
import { openPostgresql } from "#server/db/postgresql.ts";

export const MIGRATIONS = path.resolve("prisma/migrations");

/** A PostgreSQL server where databases may be made and dropped; scripts/test.mjs starts one. */
const serverUrl = process.env["TEST_DATABASE_URL"];

export const ENGINES: readonly Database["kind"][] = serverUrl ? ["embedded", "postgresql"] : ["embedded"];

/**
 * Describes `name` once for each engine at hand, on a migrated database of its own that is empty before every test;
 * `getDatabase()` returns it, too.
 */
export function describeOnEachDatabase(name: string, tests: (database: () => Database) => void): void {
  describe.each(ENGINES)(`${name} (%s)`, (engine) => {
    let test: TestDatabase;
    beforeAll(async () => {
      test = await openTestDatabase(engine);
    });
    beforeEach(async () => {
      await empty(test.database);
      useDatabase(test.database);
    });
    afterAll(() => test.drop());
    tests(() => test.database);
  });
}

export interface TestDatabase {
  database: Database;
  drop(): Promise<void>;
}

/** A migrated database that nobody else uses. */
export async function openTestDatabase(engine: Database["kind"]): Promise<TestDatabase> {
  if (engine === "embedded") {
    const database = await openInMemory(MIGRATIONS);
    return { database, drop: () => database.close() };
  }
  const { url, drop } = await createPostgresqlDatabase();
  const database = await openPostgresql(url, MIGRATIONS);
  return { database, drop: async () => (await database.close(), await drop()) };
}

let count = 0;

/** An empty database on the test server; only where `ENGINES` has "postgresql". */
export async function createPostgresqlDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  if (!serverUrl) throw new Error("TEST_DATABASE_URL is not set.");
  const name = `test_${process.pid}_${++count}`;
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  await onServer(serverUrl, `CREATE DATABASE ${name}`);
  return { url: url.href, drop: () => onServer(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function onServer(connectionString: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

async function empty({ prisma }: Database): Promise<void> {
  const tables = await prisma.$queryRaw<{ name: string }[]>`
    SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`;
  await prisma.$transaction(async (tx) => {
    await tx.$executeRawUnsafe("SET LOCAL session_replication_role = replica"); // append-only tables refuse otherwise
    await tx.$executeRawUnsafe(`TRUNCATE ${tables.map(({ name }) => name).join(", ")}`);
  });
}
