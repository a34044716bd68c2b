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
  return new Response(Array.isArray(rows) ? text(rows, true) : streamOf(rows, text), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${fileName.replaceAll(/[^A-Za-z0-9.-]+/g, "-")}.csv"`,
      "cache-control": "no-store",
    },
  });
}

const ROWS_AT_ONCE = 1_000;

function streamOf<Row>(rows: Rows<Row>, text: (some: readonly Row[], isFirst: boolean) => string): ReadableStream {
  const encoder = new TextEncoder();
  const iterator = Symbol.iterator in rows ? rows[Symbol.iterator]() : rows[Symbol.asyncIterator]();
  let isFirst = true;
  return new ReadableStream({
    async pull(controller) {
      const some: Row[] = [];
      let next = await iterator.next();
      for (; !next.done; next = await iterator.next()) if (some.push(next.value) === ROWS_AT_ONCE) break;
      controller.enqueue(encoder.encode(text(some, isFirst)));
      isFirst = false;
      if (next.done) controller.close();
    },
    async cancel() {
      await iterator.return?.(undefined);
    },
  });
}
