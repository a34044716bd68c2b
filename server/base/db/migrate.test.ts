import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createPostgresqlDatabase, ENGINES, MIGRATIONS } from "#server/testing/database.ts";
import { createEngine } from "#server/testing/embedded.ts";
import { migrationConnection } from "./embedded.ts";
import { migrate, type MigrationConnection } from "./migrate.ts";
import { openPostgresql } from "./postgresql.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "with-care-migrations-"));
  cpSync(MIGRATIONS, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

function addMigration(name: string, sql: string) {
  mkdirSync(path.join(folder, name), { recursive: true });
  writeFileSync(path.join(folder, name, "migration.sql"), sql);
}

describe.each(ENGINES)("migrate (%s)", (engine) => {
  let connection: MigrationConnection;
  let close: () => Promise<void>;
  beforeEach(async () => ({ connection, close } = await connect(engine)));
  afterEach(() => close());

  it("applies everything once, in order", async () => {
    addMigration("29990101000000_second", `CREATE TABLE second (id text)`);
    addMigration("29990102000000_third", `ALTER TABLE second ADD COLUMN name text; SELECT 1;`);
    const applied = await migrate(connection, folder);
    expect(applied.slice(-2)).toEqual(["29990101000000_second", "29990102000000_third"]);
    expect(await migrate(connection, folder)).toEqual([]);
    const rows = await connection.query(
      `SELECT length(checksum) AS length, applied_steps_count AS steps, finished_at IS NOT NULL AS finished
         FROM "_prisma_migrations"`,
    );
    expect(rows).toHaveLength(applied.length);
    expect(new Set(rows.map((row) => JSON.stringify(row)))).toEqual(
      new Set([JSON.stringify({ length: 64, steps: 1, finished: true })]),
    );
  });

  it("undoes a migration that fails, and applies it when it is mended", async () => {
    addMigration("29990101000000_faulty", `CREATE TABLE half (id text); SELECT nothing_like_this;`);
    await expect(migrate(connection, folder)).rejects.toThrow(/29990101000000_faulty failed and was undone/);
    expect(await connection.query(`SELECT to_regclass('half') AS half`)).toEqual([{ half: null }]);
    addMigration("29990101000000_faulty", `CREATE TABLE half (id text)`);
    expect(await migrate(connection, folder)).toEqual(["29990101000000_faulty"]);
  });

  it("refuses a database that is newer than the code", async () => {
    addMigration("29990101000000_newer", `CREATE TABLE newer (id text)`);
    await migrate(connection, folder);
    await expect(migrate(connection, MIGRATIONS)).rejects.toThrow(/^The database is newer than this version.*29990101/);
  });

  it("refuses a migration that was changed after it was applied", async () => {
    addMigration("29990101000000_changed", `CREATE TABLE changed (id text)`);
    await migrate(connection, folder);
    addMigration("29990101000000_changed", `CREATE TABLE changed (id text, name text)`);
    await expect(migrate(connection, folder)).rejects.toThrow(/29990101000000_changed was changed after/);
  });

  it("ends the signing key of the whole portal, and keeps public what it and earlier ones signed", async () => {
    const later = readdirSync(folder).filter((name) => name >= "20261129012346");
    for (const name of later) rmSync(path.join(folder, name), { recursive: true });
    await migrate(connection, folder);
    await connection.query(
      `INSERT INTO "SigningKey" (kid, "publicKey", sealed, current, "madeAt", "retiredAt")
       VALUES ('new', '{"x":"n"}', 'sealed', 'current', '2026-01-01', NULL), ('old', '{"x":"o"}', NULL, NULL, '2025-01-01', '2026-01-01')`,
    );
    await migrate(connection, MIGRATIONS);
    const rows = await connection.query(
      `SELECT kid, "publicKey"->>'x' AS x, sealed, current, body, "retiredAt" > '2026-11-01' AS ended, extract(year FROM "expiresAt")::int AS until
         FROM "SigningKey" ORDER BY kid`,
    );
    const none = { sealed: null, current: null, body: null };
    expect(rows).toEqual([
      { kid: "new", x: "n", ...none, ended: true, until: 2028 },
      { kid: "old", x: "o", ...none, ended: false, until: 2027 },
    ]);
    const insert = (current: string, body: string | null) =>
      connection.query(
        `INSERT INTO "SigningKey" (kid, "publicKey", sealed, current, body, "madeAt", "expiresAt")
         VALUES ($1, '{}', 'sealed', $2, $3, now(), now())`,
        [`${current} of ${body}`, current, body],
      );
    await insert("nao", "nao");
    await expect(insert("current", null)).rejects.toThrow(/SigningKey_current/);
    await expect(insert("other", "nao")).rejects.toThrow(/SigningKey_current/);
  });

  it("refuses a migration that another tool left half done, and takes one that was rolled back again", async () => {
    await migrate(connection, folder);
    await connection.query(`UPDATE "_prisma_migrations" SET finished_at = NULL`);
    await expect(migrate(connection, folder)).rejects.toThrow(/never finished/);
    addMigration("29990101000000_again", `CREATE TABLE again (id text)`);
    await connection.query(`UPDATE "_prisma_migrations" SET finished_at = now()`);
    await connection.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, rolled_back_at) VALUES ('x', 'x', '29990101000000_again', now())`,
    );
    expect(await migrate(connection, folder)).toEqual(["29990101000000_again"]);
  });
});

describe.runIf(ENGINES.includes("postgresql"))("several processes at once on PostgreSQL", () => {
  it("migrate one after the other", async () => {
    const { url, drop } = await createPostgresqlDatabase();
    addMigration("29990101000000_slow", `SELECT pg_sleep(0.3); CREATE TABLE slow (id text)`);
    const databases = await Promise.all(Array.from({ length: 4 }, () => openPostgresql(url, folder)));
    for (const { prisma, close } of databases) {
      const rows =
        await prisma.$queryRaw`SELECT migration_name FROM "_prisma_migrations" WHERE migration_name LIKE '2999%'`;
      expect(rows).toEqual([{ migration_name: "29990101000000_slow" }]);
      await close();
    }
    await drop();
  });

  it("name neither password nor user when the server cannot be used", async () => {
    const { url, drop } = await createPostgresqlDatabase();
    const wrong = new URL(url);
    Object.assign(wrong, { username: "portal", password: "hunter2", port: "1" });
    await expect(openPostgresql(wrong.href, folder)).rejects.toThrow(
      /^The database at 127\.0\.0\.1:1 cannot be used \((?!.*hunter2)/,
    );
    await drop();
  });
});

async function connect(engine: string): Promise<{ connection: MigrationConnection; close: () => Promise<void> }> {
  if (engine === "embedded") {
    const pglite = await createEngine();
    return { connection: migrationConnection(pglite), close: () => pglite.close() };
  }
  const { url, drop } = await createPostgresqlDatabase();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return {
    connection: {
      query: async <Row>(sql: string, values?: unknown[]) => (await client.query(sql, values)).rows as Row[],
      run: async (script) => void (await client.query(script)),
    },
    close: async () => (await client.end(), await drop()),
  };
}
