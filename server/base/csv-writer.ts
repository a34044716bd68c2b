import { stringify } from "csv-stringify/sync";
import { guardedCell } from "#domain/base/table/cell.ts";

export type CsvCell = string | number | null;

/**
 * Lines of a CSV file: the one function that writes them. Line ends as in RFC 4180; any cell with a line end, a
 * quotation mark or what separates cells in any country is in quotation marks; nothing that a spreadsheet would run.
 * @param isFirst begins with a byte order mark, so that spreadsheets read UTF-8
 */
export function csvLines(rows: Iterable<readonly CsvCell[]>, isFirst: boolean): string {
  const safe = Array.from(rows, (row) => row.map((cell) => (typeof cell === "string" ? guardedCell(cell) : cell)));
  return stringify(safe, {
    bom: isFirst,
    quoted_match: /[\r\n\u0085\u2028\u2029"',;\t|]/,
    record_delimiter: "windows",
  });
}
