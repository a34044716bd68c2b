import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import {
  BackupError,
  endSchema,
  FORMAT,
  FORMAT_VERSION,
  headerSchema,
  rowSchema,
  tableEndSchema,
  tableSchema,
  type BackupHeader,
} from "./format.ts";

/** What a backup consists of, in order. */
export type BackupPart =
  | { kind: "header"; header: BackupHeader }
  | { kind: "table"; table: string; columns: string[] }
  | { kind: "row"; row: (string | null)[]; /** In the file, in bytes. */ size: number }
  | { kind: "table-end"; table: string; rows: number }
  | { kind: "end"; rows: number };

/**
 * Reads a backup and checks all that can be checked: that it is complete, that no byte was changed, and that its format
 * is known. This is certain only once it has been read to the end.
 * @throws BackupError with one sentence
 */
export async function* readBackup(file: string): AsyncGenerator<BackupPart> {
  const whole = createHash("sha256");
  let header: BackupHeader | null = null;
  let table: { name: string; columns: number; rows: number; digest: ReturnType<typeof createHash> } | null = null;
  let total = 0;
  let isComplete = false;
  for await (const bytes of linesOf(file)) {
    if (isComplete) throw damaged(file, "there is more after its end");
    const value = parse(bytes, file, header !== null);
    if (header === null) {
      header = readHeader(value, file);
      yield { kind: "header", header };
    } else if (table === null) {
      const end = endSchema.safeParse(value);
      if (end.success) {
        if (end.data.sha256 !== whole.digest("hex") || end.data.rows !== total)
          throw damaged(file, "its content does not match its checksum");
        isComplete = true;
        yield { kind: "end", rows: total };
        continue;
      }
      const start = tableSchema.safeParse(value);
      if (!start.success) throw damaged(file, "a table was expected");
      const { table: name, columns } = start.data;
      table = { name, columns: columns.length, rows: 0, digest: createHash("sha256") };
      yield { kind: "table", table: name, columns };
    } else if (Array.isArray(value)) {
      const row = rowSchema.safeParse(value);
      if (!row.success || row.data.length !== table.columns) throw damaged(file, `a row of ${table.name} is none`);
      table.rows += 1;
      table.digest.update(bytes).update("\n");
      yield { kind: "row", row: row.data, size: bytes.length };
    } else {
      const end = tableEndSchema.safeParse(value);
      const isRight = end.success && end.data.end === table.name && end.data.rows === table.rows;
      if (!isRight || end.data.sha256 !== table.digest.digest("hex"))
        throw damaged(file, `the rows of ${table.name} do not match their checksum`);
      total += table.rows;
      yield { kind: "table-end", table: table.name, rows: table.rows };
      table = null;
    }
    whole.update(bytes).update("\n");
  }
  if (!isComplete) throw damaged(file, header === null ? "it is empty" : "it was cut off");
}

/** Reads a backup from beginning to end, without keeping any of it. @throws BackupError with one sentence */
export async function checkBackup(file: string) {
  let header: BackupHeader | null = null;
  let rows = 0;
  const tables = new Map<string, number>();
  for await (const part of readBackup(file)) {
    if (part.kind === "header") header = part.header;
    if (part.kind === "table-end") tables.set(part.table, part.rows);
    if (part.kind === "end") rows = part.rows;
  }
  if (header === null) throw damaged(file, "it is empty");
  return { header, rows, tables };
}

function readHeader(value: unknown, file: string): BackupHeader {
  const isOurs = typeof value === "object" && value !== null && "format" in value && value.format === FORMAT;
  if (!isOurs) throw new BackupError(`${file} is no backup of With Care.`);
  const version = "version" in value ? Number(value.version) : 0;
  if (version > FORMAT_VERSION)
    throw new BackupError(
      `${file} was made by a newer version of With Care (its format is ${version}, this version knows ${FORMAT_VERSION}): install that version, and restore with it.`,
    );
  const header = headerSchema.safeParse(value);
  if (!header.success) throw damaged(file, "its first line is incomplete");
  return header.data;
}

function parse(bytes: Buffer, file: string, isBegun: boolean): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    throw isBegun ? damaged(file, "a line is no JSON") : new BackupError(`${file} is no backup of With Care.`);
  }
}

const damaged = (file: string, how: string): BackupError =>
  new BackupError(`${file} is damaged (${how}), so nothing of it is used: take another copy.`);

/** Only at line feeds: what people wrote may contain other characters that break lines elsewhere. */
async function* linesOf(file: string): AsyncGenerator<Buffer> {
  const source = createReadStream(file);
  const unpacked = source.pipe(createGunzip());
  source.once("error", (error) => unpacked.destroy(error));
  let rest: Buffer[] = [];
  try {
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      let from = 0;
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
        yield Buffer.concat([...rest, chunk.subarray(from, at)]);
        rest = [];
        from = at + 1;
      }
      rest.push(chunk.subarray(from));
    }
    if (rest.some(({ length }) => length > 0)) throw damaged(file, "it was cut off");
  } catch (error) {
    throw explain(error, file);
  } finally {
    source.destroy();
  }
}

function explain(error: unknown, file: string): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOENT") return new BackupError(`There is no file ${file}.`);
  if (code === "EISDIR") return new BackupError(`${file} is a folder, not a backup.`);
  if (code === "EACCES") return new BackupError(`${file} may not be read by this account.`);
  if (code === "Z_DATA_ERROR" && error instanceof Error && error.message === "incorrect header check")
    return new BackupError(`${file} is no backup of With Care.`);
  if (code === "Z_BUF_ERROR") return damaged(file, "it was cut off");
  return code.startsWith("Z_") ? damaged(file, "its compressed content was changed") : error;
}
