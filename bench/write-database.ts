import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import type { Database } from "#server/base/db/database.ts";
import { createEmbedded, migrationConnection, openFolder } from "#server/base/db/embedded.ts";
import { migrate } from "#server/base/db/migrate.ts";
import { openPostgresql } from "#server/base/db/postgresql.ts";
import { ROOT } from "../scripts/prepare.mjs";
import { startPostgresql } from "../scripts/test-postgresql.mjs";

const MIGRATIONS = path.join(ROOT, "prisma", "migrations");

/** A connection for SQL written by hand. */
export interface PlainConnection {
  query<Row>(sql: string, values?: unknown[]): Promise<Row[]>;
}

/** One migrated, empty database, through Prisma as the portal uses it, and through its driver alone. */
export interface WriteDatabase {
  portal: Database;
  plain: PlainConnection & { transaction(step: (tx: PlainConnection) => Promise<void>): Promise<void> };
  close(): Promise<void>;
}

/** The embedded database as the portal opens it, in its own folder on the disk. */
export async function openEmbeddedForWriting(): Promise<WriteDatabase> {
  const folder = mkdtempSync(path.join(tmpdir(), "with-care-bench-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", remove);
  const pglite = await openFolder(folder);
  await migrate(migrationConnection(pglite), MIGRATIONS);
  const portal = createEmbedded(pglite, () => Promise.resolve(remove()));
  const plainOn = (on: Pick<typeof pglite, "query">): PlainConnection => ({
    query: async <Row>(sql: string, values?: unknown[]) => (await on.query<Row>(sql, values)).rows,
  });
  const transaction = (step: (tx: PlainConnection) => Promise<void>) => pglite.transaction((tx) => step(plainOn(tx)));
  return { portal, plain: { ...plainOn(pglite), transaction }, close: () => portal.close() };
}

/**
 * An empty database on the server that TEST_DATABASE_URL names, or else on one started for this run.
 * @returns null if the machine has no PostgreSQL
 */
export async function makePostgresqlDatabase(): Promise<{ url: string; drop(): Promise<void> } | null> {
  const given = process.env["TEST_DATABASE_URL"];
  const server = given ? { url: given, stop: () => {} } : await startPostgresql();
  if (!server) return null;
  process.once("exit", server.stop);
  const name = `bench_${process.pid}`;
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  await onServer(server.url, `CREATE DATABASE ${name}`);
  const drop = async () => {
    await onServer(server.url, `DROP DATABASE ${name} WITH (FORCE)`);
    server.stop();
    process.removeListener("exit", server.stop);
  };
  return { url: url.href, drop };
}

/** Such a database, migrated, as the portal opens it; null if the machine has no PostgreSQL. */
export async function openPostgresqlForWriting(): Promise<WriteDatabase | null> {
  const database = await makePostgresqlDatabase();
  if (!database) return null;
  const { url, drop } = database;
  try {
    const portal = await openPostgresql(url, MIGRATIONS);
    const pool = new pg.Pool({ connectionString: url }); // as many connections as the portal has
    const plainOn = (on: pg.Pool | pg.PoolClient): PlainConnection => ({
      query: async <Row>(sql: string, values?: unknown[]) => (await on.query(sql, values)).rows as Row[],
    });
    const transaction = async (step: (tx: PlainConnection) => Promise<void>) => {
      const client = await pool.connect();
      await client.query("BEGIN");
      await step(plainOn(client));
      await client.query("COMMIT");
      client.release();
    };
    const close = async () => (await pool.end(), await portal.close(), await drop());
    return { portal, plain: { ...plainOn(pool), transaction }, close };
  } catch (error) {
    await drop();
    throw error;
  }
}

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  return client;
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = await connect(url);
  await client.query(sql).finally(() => client.end());
}
