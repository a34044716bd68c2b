import { unguardedCell } from "#domain/base/table/cell.ts";

/** Limits for a list; anything larger is not a list of people, or has to be split. */
export const LIST_LIMITS = {
  /** A list of a hundred thousand people has about fifteen million. */
  bytes: 40_000_000,
  /** Lines that are not blank. */
  rows: 250_000,
  columns: 500,
  /** Characters; a spreadsheet holds 32,767. */
  cell: 50_000,
} as const;

/** The file cannot be read at all; the message says why, and what to do. */
export class UnreadableList extends Error {}

export const TOO_LARGE =
  "The file has more than 40 megabytes. Take out columns that are not needed, or split it by body.";

const NOT_TEXT =
  "This is not a text file. In your spreadsheet choose “Save as”, then “CSV UTF-8”, and give the file that this makes.";

export interface ImportTable {
  /** Number of lines before the header. */
  skipped: number;
  /**
   * The cells of each line, numbered as in a spreadsheet and read lazily; all blank lines share one array. Only the
   * first 501 cells of a longer line. Throws UnreadableList.
   */
  records: Iterable<readonly string[]>;
}

/**
 * Reads a file as exported by spreadsheets and directories: commas, semicolons or tabs, UTF-8, UTF-16 or Windows-1252,
 * with or without a byte order mark. Quotation marks as in RFC 4180; without the guards of our own files. Time and memory are linear in its size, whatever
 * it contains.
 * @throws UnreadableList
 */
export function readTable(bytes: Uint8Array): ImportTable {
  if (bytes.length > LIST_LIMITS.bytes) throw new UnreadableList(TOO_LARGE);
  const text = decode(bytes);
  if (text === null) throw new UnreadableList(NOT_TEXT);
  // Excel's own way of naming the separator.
  const [mark = "", named] = /^sep=([,;\t])\r?\n/i.exec(text) ?? [];
  const rest = text.slice(mark.length);
  if (rest.trim() === "") throw new UnreadableList("The file is empty.");
  const skipped = mark === "" ? 0 : 1;
  const { separator, newline } = marksOf(rest);
  const records = recordsOf(rest, { separator: named ?? separator, newline, line: 1 + skipped });
  return { skipped, records: rest.includes("'") ? unguarded(records) : records };
}

/** Our own files guard what a spreadsheet would run (docs/decisions/077-files-that-a-spreadsheet-reads-as-meant.md). */
function* unguarded(records: Iterable<readonly string[]>): Generator<readonly string[]> {
  for (const cells of records) yield cells.some((cell) => cell.includes("'")) ? cells.map(unguardedCell) : cells;
}

/** @returns null if it is not text */
function decode(bytes: Uint8Array): string | null {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (a === 0xfe && b === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  if (bytes.includes(0)) return null;
  if (a === 0x50 && b === 0x4b) return null; // a ZIP archive, as workbooks are
  if (a === 0x1f && b === 0x8b) return null; // gzip
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // As a stream: otherwise Node 20 reads ISO 8859-1, which has no apostrophe and no dash there. A byte is a character.
    return new TextDecoder("windows-1252").decode(bytes, { stream: true });
  }
}

/**
 * The separator (the most frequent in the first line) and the line ending; characters inside quotation marks are
 * ignored.
 */
function marksOf(text: string): { separator: string; newline: string } {
  const start = text.slice(0, 100_000).replaceAll(/"[^"]*"/g, "");
  const [first = "", newline = "\n"] = /^[^\r\n]*(\r\n|\n|\r)?/.exec(start) ?? [];
  const count = (separator: string) => first.split(separator).length;
  return { separator: [",", ";", "\t"].reduce((best, one) => (count(one) > count(best) ? one : best)), newline };
}

/** `line`: the number of the current line. */
type Marks = { separator: string; newline: string; line: number };

const EMPTY_LINE: readonly string[] = [""];

/** All lines end as the first one does. Lines without a quotation mark, which is nearly all, are split in one go. */
function* recordsOf(text: string, { separator, newline, line }: Marks): Generator<readonly string[]> {
  for (let from = 0; from < text.length; line++) {
    const found = text.indexOf(newline, from);
    const end = found === -1 ? text.length : found;
    const whole = text.slice(from, end);
    if (end === from) {
      yield EMPTY_LINE;
      from = end + newline.length;
    } else if (whole.includes('"')) {
      const { cells, next } = readQuoted(text, from, { separator, newline, line });
      yield cells;
      from = next;
    } else {
      const cells = whole.split(separator, LIST_LIMITS.columns + 1);
      if (whole.length > LIST_LIMITS.cell) for (const cell of cells) checkLength(cell.length, line);
      yield cells;
      from = end + newline.length;
    }
  }
}

/** Reads one line cell by cell. @returns `next`: where the next line begins */
function readQuoted(text: string, start: number, { separator, newline, line }: Marks) {
  const cells: string[] = [];
  for (let at = start; ;) {
    let cell = "";
    if (text[at] === '"') {
      for (let from = at + 1; ;) {
        const end = text.indexOf('"', from);
        if (end === -1) throw unmatched(line);
        checkLength(cell.length + end - from, line);
        cell += text.slice(from, end);
        at = end + 1;
        if (text[at] !== '"') break;
        cell += '"';
        from = at + 1;
      }
    } else {
      const from = at;
      while (at < text.length && text[at] !== separator && !text.startsWith(newline, at)) {
        if (text[at] === '"') throw unmatched(line);
        at++;
      }
      checkLength(at - from, line);
      cell = text.slice(from, at);
    }
    if (cells.length <= LIST_LIMITS.columns) cells.push(cell);
    if (at >= text.length) return { cells, next: at };
    if (text.startsWith(newline, at)) return { cells, next: at + newline.length };
    if (text[at] !== separator) throw unmatched(line);
    at++;
  }
}

function checkLength(length: number, line: number): void {
  if (length > LIST_LIMITS.cell)
    throw new UnreadableList(
      `A cell near line ${line} has more than 50,000 characters. Look for a quotation mark that is not closed, or take the column out.`,
    );
}

const unmatched = (line: number): UnreadableList =>
  new UnreadableList(`The quotation marks do not match near line ${line}. Look for one too many or too few.`);
