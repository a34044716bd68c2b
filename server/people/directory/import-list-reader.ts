import { normaliseEmail } from "#domain/access/identity/email.ts";
import "server-only";
import { FirstFaults } from "#domain/people/directory/first-faults.ts";
import { IMPORT_FIELDS, readHeader, type ImportField } from "#domain/people/directory/import-column.ts";
import { readRow, type ImportBody, type ImportRow } from "#domain/people/directory/import-row.ts";
import { LIST_LIMITS, readTable, UnreadableList } from "./import-table-reader.ts";

/** The contents of a list, row by row. */
export interface ImportList {
  rows: ImportRow[];
  /** Columns that are not used. */
  unknown: string[];
  faults: FirstFaults;
  /** The addresses in faulty rows, where they can be read. */
  faulty: { row: number; email: string }[];
  /** Number of rows, including faulty ones. */
  count: number;
}

/** The valid rows of a file, and the faults in the others; each row is checked on its own. */
export function readList(bytes: Uint8Array, bodies: readonly ImportBody[]): ImportList {
  try {
    return readRows(bytes, bodies);
  } catch (error) {
    if (!(error instanceof UnreadableList)) throw error;
    return unreadable([error.message]);
  }
}

/** A list that could not be read at all, with the reasons. */
export function unreadable(reasons: readonly string[]): ImportList {
  const faults = new FirstFaults();
  for (const reason of reasons) faults.push({ row: 1, field: null, reason });
  return { rows: [], unknown: [], faults, faulty: [], count: reasons.length };
}

function readRows(bytes: Uint8Array, bodies: readonly ImportBody[]): ImportList {
  const { records, skipped } = readTable(bytes);
  const list: ImportList = { rows: [], unknown: [], faults: new FirstFaults(), faulty: [], count: 0 };
  let fields: (ImportField | null)[] | undefined;
  let row = skipped;
  for (const cells of records) {
    row++;
    if (!fields) {
      if (cells.length > LIST_LIMITS.columns)
        throw new UnreadableList(
          `The first line names more than ${LIST_LIMITS.columns} columns. Take out those that are not needed.`,
        );
      const header = readHeader(cells);
      if (header.problems.length > 0) return unreadable(header.problems);
      if (bodies.length > 1 && !header.fields.includes("body"))
        throw new UnreadableList(
          `There is no column “${IMPORT_FIELDS.body.label}”, and this portal serves several bodies. Add it, or name the one that the list is about.`,
        );
      ({ fields, unknown: list.unknown } = header);
    } else if (cells.some((cell) => cell.trim() !== "")) {
      if (++list.count > LIST_LIMITS.rows)
        throw new UnreadableList(
          `The list has more than ${LIST_LIMITS.rows.toLocaleString("en-GB")} lines with something in them. Split it by body.`,
        );
      readCells(list, { row, fields, cells, bodies });
    }
  }
  if (list.count === 0)
    throw new UnreadableList(
      `There is nobody in it: below the first line, give one line for each person, beginning with ${IMPORT_FIELDS.email.label}.`,
    );
  return list;
}

interface Line {
  row: number;
  fields: readonly (ImportField | null)[];
  cells: readonly string[];
  bodies: readonly ImportBody[];
}

function readCells({ rows, faults, faulty }: ImportList, { row, fields, cells, bodies }: Line): void {
  const problem = lengthProblem(fields.length, cells);
  const named = fields.flatMap((field, column) => (field ? [[field, cells[column] ?? ""] as const] : []));
  const read = problem
    ? { faults: [{ row, field: null, reason: problem }] }
    : readRow(row, Object.fromEntries(named), bodies);
  if ("row" in read) {
    rows.push(read.row);
    return;
  }
  for (const fault of read.faults) faults.push(fault);
  const email = normaliseEmail(cells[fields.indexOf("email")] ?? "");
  if (email !== "") faulty.push({ row, email });
}

function lengthProblem(columns: number, cells: readonly string[]): string | null {
  if (cells.length < columns) return `It has ${cells.length} of ${columns} values. Look for a missing separator.`;
  if (cells.slice(columns).every((cell) => cell.trim() === "")) return null;
  const count = cells.length > LIST_LIMITS.columns ? `more than ${LIST_LIMITS.columns}` : cells.length;
  return `It has ${count} values, and the first line names ${columns} columns.`;
}
