import { PGlite } from "@electric-sql/pglite";

/**
 * Reads a CSV file as RFC 4180 says and no other way: CR LF between lines and after the last, quotation marks around a
 * whole cell, all lines of one length. Shares nothing with what writes the files.
 * @throws saying what is not as the standard says
 */
export function readStrictCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/y;
  const body = text.replace(/^\uFEFF/, "");
  for (cell.lastIndex = 0; cell.lastIndex < body.length;) {
    const at = cell.lastIndex;
    const found = cell.exec(body);
    if (!found) throw new Error(`Not RFC 4180 at ${at}: ${JSON.stringify(body.slice(at, at + 60))}`);
    row.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? "");
    if (found[3] === "") throw new Error("The last line has no end.");
    if (found[3] === ",") continue;
    rows.push(row);
    row = [];
  }
  if (row.length > 0 || rows.some(({ length }) => length !== rows[0]?.length))
    throw new Error("Lines differ in length.");
  return rows;
}

/** PostgreSQL's own reader of CSV files. */
export class PostgresqlCsvReader {
  private readonly database = PGlite.create();

  /** @param columns how many the file has @throws where the file is not CSV for PostgreSQL */
  async read(text: string, columns: number): Promise<(string | null)[][]> {
    const names = Array.from({ length: columns }, (_, at) => `c${at}`);
    const database = await this.database;
    await database.exec(
      `DROP TABLE IF EXISTS t; CREATE TABLE t (n serial, ${names.map((one) => `${one} text`).join(", ")})`,
    );
    const blob = new Blob([text.replace(/^\uFEFF/, "")]);
    await database.query(`COPY t (${names.join(", ")}) FROM '/dev/blob' WITH (FORMAT csv)`, [], { blob });
    const found = await database.query<(string | null)[]>(`SELECT ${names.join(", ")} FROM t ORDER BY n`, [], {
      rowMode: "array",
    });
    return found.rows;
  }

  async close(): Promise<void> {
    await (await this.database).close();
  }
}
