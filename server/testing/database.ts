import path from "node:path";
import pg from "pg";
import { beforeAll, beforeEach, describe } from "vitest";
import { useDatabase, type Database } from "#server/base/db/database.ts";
import { openPostgresql } from "#server/base/db/postgresql.ts";
import { TEST_DATABASES } from "./database-name.ts";
import { openInMemory } from "./embedded.ts";

export const MIGRATIONS = path.resolve("prisma/migrations");

/** A PostgreSQL server where databases may be made and dropped; scripts/test.mjs starts one. */
const serverUrl = process.env["TEST_DATABASE_URL"];
/** Its own address, where the other is a pooler's: scripts/test-wide.mjs. */
const sessionServerUrl = process.env["TEST_DATABASE_SESSION_URL"];

export const ENGINES: readonly Database["kind"][] = serverUrl ? ["embedded", "postgresql"] : ["embedded"];

/**
 * Describes `name` once for each engine at hand, on a migrated database that is empty before every test;
 * `getDatabase()` returns it, too. The process keeps it for the next test file.
 */
export function describeOnEachDatabase(name: string, tests: (database: () => Database) => void): void {
  describeOn(ENGINES, name, tests);
}

/** The same on one engine, PostgreSQL where it is there: for long walks through rules that know no engine. */
export function describeOnOneDatabase(name: string, tests: (database: () => Database) => void): void {
  describeOn(ENGINES.slice(-1), name, tests);
}

function describeOn(engines: typeof ENGINES, name: string, tests: (database: () => Database) => void): void {
  describe.each(engines)(`${name} (%s)`, (engine) => {
    let database: Database;
    beforeAll(async () => {
      database = await (opened[engine] ??= open(engine));
    });
    beforeEach(async () => {
      await empty(database);
      useDatabase(database);
    });
    tests(() => database);
  });
}

const opened: Partial<Record<Database["kind"], Promise<Database>>> = {};

async function open(engine: Database["kind"]): Promise<Database> {
  if (engine === "embedded") return openInMemory();
  const { url, sessionUrl } = await createPostgresqlDatabase();
  return openPostgresql(url, MIGRATIONS, { sessionUrl });
}

let count = 0;

/** An empty database on the test server, and the server's own address of it; only where `ENGINES` has "postgresql". */
export async function createPostgresqlDatabase(): Promise<{ url: string; sessionUrl: string; drop(): Promise<void> }> {
  if (!serverUrl) throw new Error("TEST_DATABASE_URL is not set.");
  const name = `${TEST_DATABASES}${process.pid}_${++count}`;
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  await onServer(serverUrl, `CREATE DATABASE ${name}`);
  const sessionUrl = new URL(sessionServerUrl ?? serverUrl);
  sessionUrl.pathname = url.pathname;
  return {
    url: url.href,
    sessionUrl: sessionUrl.href,
    drop: () => onServer(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

async function onServer(connectionString: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** Most tables are empty after most tests, and emptying all with TRUNCATE makes some two hundred files anew each time. */
const EMPTY = `DO $$
  DECLARE name text; is_filled boolean;
  BEGIN
    SET LOCAL session_replication_role = replica; -- append-only tables refuse otherwise
    FOR name IN
      SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'
    LOOP
      EXECUTE 'SELECT EXISTS (SELECT FROM ' || name || ')' INTO is_filled;
      IF is_filled THEN EXECUTE 'DELETE FROM ' || name; END IF;
    END LOOP;
  END $$`;

async function empty({ prisma }: Database): Promise<void> {
  await prisma.$executeRawUnsafe(EMPTY);
}
