import { csvLines, type CsvCell } from "#server/base/csv-writer.ts";

type Rows<Row> = Iterable<Row> | AsyncIterable<Row>;

export interface CsvColumn<Key extends string> {
  key: Key;
  header: string;
}

/**
 * A table as a file to save, for spreadsheet programs: written by `csvLines`. Rows that are not a list yet are generated while the file is sent.
 * @param fileName its name once saved, without ".csv": plain letters, digits, hyphens
 */
export function csvResponse<Key extends string>(
  fileName: string,
  columns: readonly CsvColumn<Key>[],
  rows: Rows<Readonly<Record<Key, CsvCell>>>,
): Response {
  const text = (some: readonly Readonly<Record<Key, CsvCell>>[], isFirst: boolean) => {
    const lines = some.map((row) => columns.map(({ key }) => row[key]));
    return csvLines(isFirst ? [columns.map(({ header }) => header), ...lines] : lines, isFirst);
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
