import { stringify } from "csv-stringify/sync";

/** A column: which key of the rows, and what it is called in the first line. */
export interface CsvColumn<Key extends string> {
  key: Key;
  header: string;
}

/**
 * A table as a file to save, as spreadsheet programs open it: UTF-8 with its mark, lines ended as RFC 4180 says, and no
 * cell that such a program would run as a formula.
 * @param fileName what it is called once saved, without ".csv": plain letters, digits, hyphens
 */
export function csvResponse<Key extends string>(
  fileName: string,
  columns: readonly CsvColumn<Key>[],
  rows: readonly Readonly<Record<Key, string | number | null>>[],
): Response {
  const text = stringify([...rows], {
    header: true,
    bom: true,
    escape_formulas: true,
    record_delimiter: "windows",
    columns: columns.map(({ key, header }) => ({ key, header })),
  });
  return new Response(text, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${fileName.replaceAll(/[^A-Za-z0-9.-]+/g, "-")}.csv"`,
      "cache-control": "no-store",
    },
  });
}
