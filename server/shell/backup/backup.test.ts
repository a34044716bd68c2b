import { createHash } from "node:crypto";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import { useDatabase, type Database } from "#server/base/db/database.ts";
import { createEmbedded, migrationConnection } from "#server/base/db/embedded.ts";
import { readMigrations, type MigrationConnection } from "#server/base/db/migrate.ts";
import { openPostgresql } from "#server/base/db/postgresql.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { verifyChains } from "#server/evidence/journal/verification.ts";
import { createPostgresqlDatabase, describeOnEachDatabase, ENGINES, MIGRATIONS } from "#server/testing/database.ts";
import { createEngine } from "#server/testing/embedded.ts";
import { fillEveryTable } from "#server/testing/fill-every-table.ts";
import { listTables, quote, type Ask } from "./catalogue.ts";
import { LEFT_OUT } from "./format.ts";
import { checkBackup } from "./read.ts";
import { lookInto, restore, splitMigrations } from "./restore.ts";
import { writeBackup } from "./write.ts";

const AT = new Date("2026-11-24T10:00:00Z");
const folder = mkdtempSync(path.join(tmpdir(), "with-care-backup-"));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
const newName = () => path.join(folder, `${++count}.backup`);

async function write(database: Database): Promise<string> {
  const file = newName();
  const descriptor = openSync(file, "wx");
  await writeBackup(database, descriptor, AT).finally(() => closeSync(descriptor));
  return file;
}

interface Target {
  connection: MigrationConnection;
  /** Prisma on the same database. */
  asDatabase(): Promise<Database>;
  close(): Promise<void>;
}

async function makeTarget(engine: Database["kind"]): Promise<Target> {
  if (engine === "embedded") {
    const pglite = await createEngine();
    const database = createEmbedded(pglite, async () => {});
    return {
      connection: migrationConnection(pglite),
      asDatabase: () => Promise.resolve(database),
      close: database.close,
    };
  }
  const { url, drop } = await createPostgresqlDatabase();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const opened: Database[] = [];
  return {
    connection: {
      query: async <Row>(sql: string, values?: unknown[]) => (await client.query(sql, values)).rows as Row[],
      run: async (script) => void (await client.query(script)),
    },
    asDatabase: async () => {
      const database = await openPostgresql(url, MIGRATIONS);
      opened.push(database);
      return database;
    },
    close: async () => {
      for (const database of opened) await database.close();
      await client.end();
      await drop();
    },
  };
}

/** Every row of every table, as the database itself writes it. */
async function allRows(ask: Ask): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  for (const { name } of await listTables(ask)) {
    const rows = await ask<{ row: string }>(`SELECT row_to_json(t)::text AS row FROM ${quote(name)} t`);
    all[name] = rows.map(({ row }) => row).sort();
  }
  return all;
}

const askPrisma =
  ({ prisma }: Database): Ask =>
  (sql, values = []) =>
    prisma.$queryRawUnsafe(sql, ...values);

const event = (number: number): EvidenceEvent => ({
  body: number % 2 ? "nao" : "nottingham",
  event: "policy.declined",
  at: AT,
  actor: "person-1",
  subject: `ACK-${number}`,
  detail: { reason: `words ${number}\u2028` },
});
const note = (...numbers: number[]) => transact(() => Promise.resolve({ result: null, evidence: numbers.map(event) }));

describeOnEachDatabase("a backup", (database) => {
  const targets: Partial<Record<Database["kind"], Target>> = {};
  beforeAll(async () => {
    for (const engine of ENGINES) targets[engine] = await makeTarget(engine);
    return async () => {
      for (const target of Object.values(targets)) await target.close();
    };
  });
  const into = (engine: Database["kind"]) => {
    const target = targets[engine];
    if (!target) throw new Error("No such engine here.");
    return target;
  };

  it.each(ENGINES)("brings every row of every table back, whatever is in it, into %s", async (engine) => {
    const tables = await fillEveryTable(database().prisma);
    const expected = await allRows(askPrisma(database()));
    expect(Object.keys(expected).sort()).toEqual([...tables].sort());
    for (const [table, rows] of Object.entries(expected)) expect(rows, table).toHaveLength(3);
    const file = await write(database());
    const { rows, header } = await checkBackup(file);
    expect(rows).toBe(3 * (tables.length - Object.keys(LEFT_OUT).length));
    expect(header.policies).toHaveLength(3);
    const { connection } = into(engine);
    expect(await restore(connection, file, MIGRATIONS)).toBe(rows);
    for (const table of Object.keys(LEFT_OUT)) expected[table] = [];
    const actual = await allRows(connection.query);
    for (const table of tables) expect(actual[table], table).toEqual(expected[table]);
  });

  it.each(ENGINES)("of a chain: whole in %s, and still append-only, with its keys", async (engine) => {
    await note(1, 2, 3, 4, 5);
    await database().prisma.evidenceDetail.deleteMany({ where: { body: "nao", position: 1 } });
    const file = await write(database());
    const { header } = await checkBackup(file);
    await note(6, 7);
    const target = into(engine);
    const before = await schemaOf(askPrisma(database()));
    await restore(target.connection, file, MIGRATIONS);
    expect(await schemaOf(target.connection.query)).toEqual(before);
    const restored = await target.asDatabase();
    const reports = await verifyChains(restored.prisma, header.heads);
    expect(reports.map(({ body, head, erased, fault }) => [body, head.position, erased, fault])).toEqual([
      ["nao", 3, 1, null],
      ["nottingham", 2, 0, null],
    ]);
    for (const sql of [`UPDATE "Evidence" SET actor = 'x'`, `DELETE FROM "Evidence"`, `TRUNCATE "Evidence"`])
      await expect(target.connection.run(sql)).rejects.toThrow(/append-only/i);
    useDatabase(restored);
    await note(8);
    expect((await verifyChains(restored.prisma)).every(({ fault }) => fault === null)).toBe(true);
  });

  it("is of one moment, though people go on writing", async () => {
    await note(...Array.from({ length: 20 }, (_, index) => index));
    const writing = write(database());
    await Promise.all([writing, ...Array.from({ length: 10 }, (_, index) => note(index))]);
    const { connection, asDatabase } = into(database().kind);
    await restore(connection, await writing, MIGRATIONS);
    const heads = (await checkBackup(await writing)).header.heads;
    const reports = await verifyChains((await asDatabase()).prisma);
    expect(reports.map(({ body, head }) => ({ body, ...head }))).toEqual(heads);
  });

  it("is restored over other data, with nothing of it left; what fails leaves all as it was", async () => {
    const { prisma } = database();
    const team = (id: string) => prisma.team.create({ data: { id, body: "nao", name: id } });
    await team("kept");
    const file = await write(database());
    const target = into(database().kind);
    await restore(target.connection, file, MIGRATIONS);
    await target.connection.run(`INSERT INTO "Team" (id, body, name) VALUES ('other', 'nao', 'other')`);
    await target.connection.run(`CREATE SCHEMA IF NOT EXISTS pgboss; CREATE TABLE pgboss.job (id text)`);
    const loose = rewrite(file, (lines) => addRow(lines, "Team", ["loose", "nao", "loose", "nobody"]));
    await expect(restore(target.connection, loose, MIGRATIONS)).rejects.toThrow(/Team_managerId_fkey/);
    const ids = async () =>
      (await target.connection.query<{ id: string }>(`SELECT id FROM "Team" ORDER BY id`)).map(({ id }) => id);
    expect(await ids()).toEqual(["kept", "other"]);
    expect(await target.connection.query(`SELECT to_regclass('pgboss.job') IS NULL AS gone`)).toEqual([
      { gone: false },
    ]);
    await restore(target.connection, file, MIGRATIONS);
    expect(await ids()).toEqual(["kept"]);
    expect(await target.connection.query(`SELECT to_regclass('pgboss.job') IS NULL AS gone`)).toEqual([{ gone: true }]);
    expect(await lookInto(target.connection)).toEqual({ kind: "filled", rows: 1 });
  });

  it("of an older version is restored and brought up to date; of a newer one it is refused", async () => {
    const file = await write(database());
    const { connection } = into(database().kind);
    const newest = readMigrations(MIGRATIONS).at(-1);
    const older = rewrite(file, ([first = "", ...rest]) => {
      const header = JSON.parse(first) as { migrations: unknown[] };
      const names = header.migrations.slice(0, 2);
      return [JSON.stringify({ ...header, migrations: names }), ...rest.slice(-1)];
    });
    await restore(connection, older, MIGRATIONS);
    const applied = await connection.query<{ name: string }>(
      `SELECT migration_name AS name FROM "_prisma_migrations" ORDER BY migration_name`,
    );
    expect(applied.at(-1)?.name).toBe(newest?.name);
    expect(applied).toHaveLength(readMigrations(MIGRATIONS).length);
    const { header } = await checkBackup(file);
    const [first] = header.migrations;
    if (!first) throw new Error("No migration.");
    const refusal = (migrations: typeof header.migrations) => () =>
      splitMigrations({ ...header, migrations }, MIGRATIONS);
    expect(refusal([...header.migrations, { ...first, name: "29990101000000_newer" }])).toThrow(/newer version.*2999/);
    expect(refusal([{ ...first, checksum: "a".repeat(64) }])).toThrow(/was changed since the backup/);
  });
});

describe("a file", () => {
  let file: string;
  beforeAll(async () => {
    const target = await makeTarget("embedded");
    const source = newName();
    writeFileSync(source, pack([...HEADER_ONLY]));
    await restore(target.connection, source, MIGRATIONS);
    await target.connection.run(`INSERT INTO "Team" (id, body, name) VALUES ('a', 'nao', 'A'), ('b', 'nao', 'B')`);
    file = await write(await target.asDatabase());
    await target.close();
  });

  it("that is another thing is refused with one sentence", async () => {
    const cases: [string | Buffer | null, RegExp][] = [
      [null, /^There is no file/],
      ["", /is damaged \(it was cut off\)|it is empty/],
      ["just text", /is no backup of With Care/],
      [gzipSync("just text\n"), /is no backup of With Care/],
      [gzipSync(`{"a":1}\n`), /is no backup of With Care/],
      [
        pack([`{"format":"with-care-backup","version":2}`]),
        /made by a newer version.*its format is 2, this version knows 1/,
      ],
      [pack([`{"format":"with-care-backup","version":1}`]), /its first line is incomplete/],
    ];
    for (const [bytes, message] of cases) {
      const name = newName();
      if (bytes !== null) writeFileSync(name, bytes);
      await expect(checkBackup(name), String(bytes)).rejects.toThrow(message);
    }
  });

  it("that was cut off anywhere, or changed in any byte, is refused before it is used", async () => {
    const bytes = readFileSync(file);
    for (const share of [0.1, 0.5, 0.9, 0.999]) {
      const name = newName();
      writeFileSync(name, bytes.subarray(0, Math.floor(bytes.length * share)));
      await expect(checkBackup(name)).rejects.toThrow(/is damaged/);
    }
    for (let at = 20; at < bytes.length; at += Math.floor(bytes.length / 40)) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 4;
      const name = newName();
      writeFileSync(name, changed);
      await expect(checkBackup(name), String(at)).rejects.toThrow(/is damaged|is no backup/);
    }
    const lines = gunzipSync(bytes).toString().trimEnd().split("\n");
    const tampered = lines.map((line) => line.replace('"A"', '"Z"'));
    const shorter = lines.filter((line) => !line.includes('"B"'));
    for (const wrong of [tampered, shorter, lines.slice(0, -1), [...lines, "{}"]]) {
      const name = newName();
      writeFileSync(name, pack(wrong));
      await expect(checkBackup(name)).rejects.toThrow(/is damaged/);
    }
  });
});

/** An empty database: only its schema. */
const HEADER_ONLY = withChecksum([
  JSON.stringify({
    format: "with-care-backup",
    version: 1,
    software: "0.1.0",
    madeAt: AT.toISOString(),
    engine: "embedded",
    migrations: [],
    policies: [],
    heads: [],
  }),
]);

function pack(lines: readonly string[]): Buffer {
  return gzipSync(lines.map((line) => `${line}\n`).join(""));
}

/** A file with other lines and the right checksums, as made by somebody who knows how. */
function rewrite(file: string, change: (lines: string[]) => string[]): string {
  const lines = gunzipSync(readFileSync(file)).toString().trimEnd().split("\n").slice(0, -1);
  const name = newName();
  writeFileSync(name, pack(withChecksum(change([...lines, "{}"]).filter((line) => line !== "{}"))));
  return name;
}

function withChecksum(lines: string[]): string[] {
  const sha256 = createHash("sha256")
    .update(lines.map((line) => `${line}\n`).join(""))
    .digest("hex");
  const rows = lines.filter((line) => line.startsWith("[")).length;
  return [...lines, JSON.stringify({ complete: true, rows, sha256 })];
}

function addRow(lines: string[], table: string, row: readonly string[]): string[] {
  const from = lines.indexOf(lines.find((line) => line.startsWith(`{"table":"${table}"`)) ?? "") + 1;
  const to = lines.findIndex((line) => line.startsWith(`{"end":"${table}"`));
  const rows = [...lines.slice(from, to), JSON.stringify(row)];
  const sha256 = createHash("sha256")
    .update(rows.map((line) => `${line}\n`).join(""))
    .digest("hex");
  return [
    ...lines.slice(0, from),
    ...rows,
    JSON.stringify({ end: table, rows: rows.length, sha256 }),
    ...lines.slice(to + 1),
  ];
}

/** Columns, keys, checks, indexes, triggers and routines: what a restored database must have like any other. */
async function schemaOf(ask: Ask): Promise<unknown> {
  return [
    await ask(`SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns
                WHERE table_schema = 'public' ORDER BY table_name, ordinal_position`),
    await ask(`SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
                WHERE connamespace = 'public'::regnamespace AND contype <> 'n' ORDER BY conname, conrelid::regclass::text`),
    await ask(`SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexname`),
    await ask(
      `SELECT tgname, tgenabled::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname`,
    ),
    await ask(`SELECT proname::text, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY proname`),
    await ask(`SELECT sequencename::text FROM pg_sequences WHERE schemaname = 'public'`),
  ];
}
