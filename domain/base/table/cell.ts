/** Cells of a table that people open in a spreadsheet (docs/decisions/077-files-that-a-spreadsheet-reads-as-meant.md). */

/** What a spreadsheet takes for the beginning of a formula, also once a program has dropped what stands in front. */
const FORMULA = /^(?:['\s\p{Cf}]*[=+\-@\u2212]|'*\t)/u;
/** A negative number is a number: no program runs it. */
const NEGATIVE_NUMBER = /^-\d+(?:[.,]\d+)*$/;
const LINE_END = /(\r\n|\r|\n)/;

/**
 * A cell that no spreadsheet runs: an apostrophe stands before each of its lines that would begin a formula, and before
 * a line end that it begins with. A negative number stays as it is.
 */
export const guardedCell = (text: string): string =>
  NEGATIVE_NUMBER.test(text) ? text : eachLine(text, (line, isRun) => (isRun(line) ? `'${line}` : line));

/** The text that `guardedCell` was given. */
export function unguardedCell(cell: string): string {
  if (!cell.includes("'")) return cell;
  return eachLine(cell, (line, isRun) => (line.startsWith("'") && isRun(line.slice(1)) ? line.slice(1) : line));
}

function eachLine(text: string, change: (line: string, isRun: (line: string) => boolean) => string): string {
  const parts = text.split(LINE_END);
  const isRun = (line: string) => FORMULA.test(line.normalize("NFKC")); // wide and small signs are run as well
  const isRunFirst = (line: string) => isRun(line) || (parts.length > 1 && /^'*$/.test(line));
  return parts.map((part, at) => (at % 2 === 1 ? part : change(part, at === 0 ? isRunFirst : isRun))).join("");
}

/** A version as a text that no spreadsheet takes for a number or a day: "v2.10"; "" where there is none. */
export const versionCell = (version: string | null): string => (version ? `v${version}` : "");

/** Clauses as such texts, each with its policy: "model 3.10; model 4.2". */
export const clauseCell = (policy: string, clauses: readonly string[]): string =>
  clauses.map((clause) => `${policy} ${clause}`).join("; ");
