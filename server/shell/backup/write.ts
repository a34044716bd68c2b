import { createHash } from "node:crypto";
import { createWriteStream, fsyncSync } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { Database } from "#server/base/db/database.ts";
import packageJson from "../../../package.json" with { type: "json" };
import { listTables, quote, type Ask, type Table } from "./catalogue.ts";
import { FORMAT, FORMAT_VERSION, LEFT_OUT, type BackupHeader } from "./format.ts";

const ROWS_AT_ONCE = 500;
const WITHIN_MS = 6 * 60 * 60_000;
const WAIT_MS = 60_000;

/**
 * Writes the whole database as of one moment, however long the writing takes: in one read-only transaction.
 * @param file descriptor of a new, empty file; it stays open
 * @returns how many rows were written
 */
export async function writeBackup(database: Database, file: number, madeAt: Date): Promise<number> {
  const rows = await database.prisma.$transaction(
    async (tx) => {
      const ask: Ask = (sql, values = []) => tx.$queryRawUnsafe(sql, ...values);
      // The text of a value must not depend on the server's settings; a slow disk must not abort the work.
      for (const setting of [
        "TimeZone = 'UTC'",
        "DateStyle = 'ISO'",
        "IntervalStyle = 'postgres'",
        "bytea_output = 'hex'",
        "extra_float_digits = 1",
        "search_path = public",
        "statement_timeout = 0",
        "idle_in_transaction_session_timeout = 0",
      ])
        await tx.$executeRawUnsafe(`SET LOCAL ${setting}`);
      const written = { rows: 0 };
      const lines = Readable.from(backupLines(ask, await makeHeader(ask, database.kind, madeAt), written));
      await pipeline(lines, createGzip(), createWriteStream("", { fd: file, autoClose: false }));
      return written.rows;
    },
    { isolationLevel: "RepeatableRead", maxWait: WAIT_MS, timeout: WITHIN_MS },
  );
  fsyncSync(file);
  return rows;
}

const makeHeader = async (ask: Ask, engine: Database["kind"], madeAt: Date): Promise<BackupHeader> => ({
  format: FORMAT,
  version: FORMAT_VERSION,
  software: packageJson.version,
  madeAt: madeAt.toISOString(),
  engine,
  migrations: await ask(
    `SELECT migration_name AS name, checksum FROM "_prisma_migrations"
        WHERE rolled_back_at IS NULL ORDER BY migration_name COLLATE "C"`,
  ),
  policies: await ask(`SELECT policy, version, hash FROM "PolicyRelease" ORDER BY policy, version, hash`),
  heads: await ask(`SELECT DISTINCT ON (body) body, position, hash FROM "Evidence" ORDER BY body, position DESC`),
});

async function* backupLines(ask: Ask, header: BackupHeader, written: { rows: number }): AsyncGenerator<string> {
  const whole = createHash("sha256");
  const sealed = (text: string) => (whole.update(text), text);
  yield sealed(line(header));
  for (const table of await listTables(ask)) {
    yield sealed(line({ table: table.name, columns: table.columns.map(({ name }) => name) }));
    const digest = createHash("sha256");
    let rows = 0;
    for await (const some of table.name in LEFT_OUT ? [] : rowsOf(ask, table)) {
      const text = some.map((row) => `${row}\n`).join("");
      digest.update(text);
      rows += some.length;
      yield sealed(text);
    }
    written.rows += rows;
    yield sealed(line({ end: table.name, rows, sha256: digest.digest("hex") }));
  }
  yield line({ complete: true, rows: written.rows, sha256: whole.digest("hex") });
}

const line = (value: unknown): string => `${JSON.stringify(value)}\n`;

/** The rows, by primary key, each as JSON on one line, in batches. */
async function* rowsOf(ask: Ask, { name, columns, key }: Table): AsyncGenerator<string[]> {
  const values = columns.map((column) => `${quote(column.name)}::text`).join(", ");
  const order = (key.length > 0 ? key : columns.map((column) => column.name)).map(
    (column) => `${quote(column)}::text COLLATE "C"`,
  );
  await ask(
    `DECLARE backup NO SCROLL CURSOR FOR
      SELECT json_build_array(${values})::text AS row FROM ${quote(name)} ORDER BY ${order.join(", ")}`,
  );
  for (;;) {
    const some = await ask<{ row: string }>(`FETCH ${ROWS_AT_ONCE} FROM backup`);
    if (some.length > 0) yield some.map(({ row }) => row);
    if (some.length < ROWS_AT_ONCE) break;
  }
  await ask("CLOSE backup");
}
