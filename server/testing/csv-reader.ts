import "server-only";

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
