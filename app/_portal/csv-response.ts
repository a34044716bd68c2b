import { stringify } from "csv-stringify/sync";

type Rows<Row> = Iterable<Row> | AsyncIterable<Row>;

/** A column: which key of the rows, and what it is called in the first line. */
export interface CsvColumn<Key extends string> {
  key: Key;
  header: string;
}

/**
 * A table as a file to save, as spreadsheet programs open it: UTF-8 with its mark, lines ended as RFC 4180 says, and no
 * cell that such a program would run as a formula. Rows that are not a list yet are made while the file is sent.
 * @param fileName what it is called once saved, without ".csv": plain letters, digits, hyphens
 */
export function csvResponse<Key extends string>(
  fileName: string,
  columns: readonly CsvColumn<Key>[],
  rows: Rows<Readonly<Record<Key, string | number | null>>>,
): Response {
  const text = (some: readonly Readonly<Record<Key, string | number | null>>[], isFirst: boolean) =>
    stringify([...some], {
      header: isFirst,
      bom: isFirst,
      escape_formulas: true,
      record_delimiter: "windows",
      columns: columns.map(({ key, header }) => ({ key, header })),
    });
  return new Response(Array.isArray(rows) ? text(rows, true) : streamOf(rows, text), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${fileName.replaceAll(/[^A-Za-z0-9.-]+/g, "-")}.csv"`,
      "cache-control": "no-store",
    },
  });
}

/** So many rows are made and sent at a time. */
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
