// @ts-check
// The table of docs/mutation.md: one line for each room that was run, in alphabetical order.

/** @typedef {{ room: string, noticed: number, unnoticed: number, unreached: number }} Row counts of changes */

const HEAD = "| room | changes | noticed | not noticed | not reached | score |";
const LINE = /^\| (\w+) +\| +\d+ \| +(\d+) \| +(\d+) \| +(\d+) \|/;

/** Per cent of the changes that were noticed; what no test reaches counts as not noticed. @param {Omit<Row, "room">} row */
export function scoreOf({ noticed, unnoticed, unreached }) {
  const all = noticed + unnoticed + unreached;
  return all === 0 ? 100 : (100 * noticed) / all;
}

/**
 * The document with the room's line updated; everything else stays.
 * @param {string} text
 * @param {Row} row
 */
export function withRow(text, row) {
  const lines = text.trimEnd().split("\n");
  const at = lines.findIndex((line) => line.startsWith("| room "));
  const before = at < 0 ? lines : lines.slice(0, at);
  const rows = at < 0 ? [] : lines.slice(at).flatMap(readLine);
  const rest = at < 0 ? [] : lines.slice(at).filter((line) => !line.startsWith("|"));
  const all = [...rows.filter(({ room }) => room !== row.room), row].sort((a, b) => a.room.localeCompare(b.room));
  return [...before, ...tableOf(all), ...rest, ""].join("\n");
}

/** @param {string} line @returns {Row[]} */
function readLine(line) {
  const [, room, noticed, unnoticed, unreached] = LINE.exec(line) ?? [];
  if (!room) return [];
  return [{ room, noticed: Number(noticed), unnoticed: Number(unnoticed), unreached: Number(unreached) }];
}

/** @param {Row[]} rows */
function tableOf(rows) {
  const titles = HEAD.slice(2, -2).split(" | ");
  const cells = rows.map((row) => {
    const { room, noticed, unnoticed, unreached } = row;
    return [room, noticed + unnoticed + unreached, noticed, unnoticed, unreached, `${scoreOf(row).toFixed(1)} %`].map(
      String,
    );
  });
  const widths = titles.map((title, at) => Math.max(title.length, ...cells.map((row) => (row[at] ?? "").length)));
  const pad = (/** @type {string} */ text, /** @type {number} */ at) =>
    at === 0 ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0);
  const rule = widths.map((width, at) => (at === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [titles.map(pad), rule, ...cells.map((row) => row.map(pad))].map((row) => `| ${row.join(" | ")} |`);
}
