import { savedFile, streamOf } from "./file-response.ts";
import { csvLines, type CsvCell } from "#server/base/csv-writer.ts";

type Rows<Row> = Iterable<Row> | AsyncIterable<Row>;

/**
 * A table as a file to save, for spreadsheet programs: written by `csvLines`. Rows that are not a list yet are generated while the file is sent.
 * @param fileName its name once saved, without ".csv": plain letters, digits, hyphens
 * @param columns by what stands in the first line: what each says of a row
 */
export function csvResponse<Row>(
  fileName: string,
  columns: Readonly<Record<string, (row: NoInfer<Row>) => CsvCell>>,
  rows: Rows<Row>,
): Response {
  const cells = Object.values(columns);
  const text = (some: readonly Row[], isFirst: boolean) => {
    const lines = some.map((row) => cells.map((cell) => cell(row)));
    return csvLines(isFirst ? [Object.keys(columns), ...lines] : lines, isFirst);
  };
  const content = Array.isArray(rows) ? text(rows, true) : streamOf(piecesOf(rows, text));
  return savedFile(`${fileName}.csv`, "text/csv; charset=utf-8", content);
}

const ROWS_AT_ONCE = 1_000;

async function* piecesOf<Row>(rows: Rows<Row>, text: (some: readonly Row[], isFirst: boolean) => string) {
  const encoder = new TextEncoder();
  let some: Row[] = [];
  let isFirst = true;
  for await (const row of rows)
    if (some.push(row) === ROWS_AT_ONCE) {
      yield encoder.encode(text(some, isFirst));
      [some, isFirst] = [[], false];
    }
  if (isFirst || some.length > 0) yield encoder.encode(text(some, isFirst));
}
