import "server-only";
import { CsvError, parse } from "csv-parse/sync";

/** The cells of a file, line by line as a spreadsheet counts them, or why it cannot be read. */
export type ImportTable = { records: string[][]; skipped: number } | { problem: string };

const NOT_TEXT =
  "This is not a text file. In your spreadsheet choose “Save as”, then “CSV UTF-8”, and give the file that this makes.";

/**
 * Reads a file as spreadsheets and directories write it: commas, semicolons or tabs, UTF-8, UTF-16 or Windows-1252, with
 * or without a mark at its beginning.
 * @returns `skipped`: lines before the first one that counts
 */
export function readTable(bytes: Uint8Array): ImportTable {
  const text = decode(bytes);
  if (text === null) return { problem: NOT_TEXT };
  // Excel's own way to say which separator follows.
  const [mark = "", named] = /^sep=([,;\t])\r?\n/i.exec(text) ?? [];
  const rest = text.slice(mark.length);
  if (rest.trim() === "") return { problem: "The file is empty." };
  const skipped = mark === "" ? 0 : 1;
  try {
    const records = parse(rest, {
      delimiter: named ?? separatorOf(rest),
      relax_column_count: true,
      skip_empty_lines: false,
    });
    return { records, skipped };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error["lines"] === "number" ? error["lines"] + skipped : null;
    const where = line === null ? "" : ` near line ${line}`;
    return { problem: `The quotation marks do not match${where}. Look for one too many or too few.` };
  }
}

/** @returns null where it is no text */
function decode(bytes: Uint8Array): string | null {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (a === 0xfe && b === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  if (bytes.includes(0)) return null;
  if (a === 0x50 && b === 0x4b) return null; // a ZIP archive, as workbooks are
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** What stands most often in the first line, outside quotation marks. */
function separatorOf(text: string): string {
  const first = (/^[^\r\n]*/.exec(text)?.[0] ?? "").replaceAll(/"[^"]*"/g, "");
  const count = (separator: string) => first.split(separator).length;
  return [",", ";", "\t"].reduce((best, one) => (count(one) > count(best) ? one : best));
}
