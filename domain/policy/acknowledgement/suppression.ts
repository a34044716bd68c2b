/**
 * Counts of answers by team that give nobody away: numbers under five are not shown and cannot be worked out
 * (docs/decisions/011-small-numbers.md).
 */

export const SMALLEST_SHOWN = 5;

/** A row of counts: a team, or all teams together. */
export type Counts = readonly number[];

/** What a reader sees of a count: the count itself, that it is small, or nothing. */
export type ShownCount = { kind: "shown"; count: number } | { kind: "few" } | { kind: "hidden" };

/** How many counts of a row, the smallest, may be hidden to protect another; it is all or nothing beyond that. */
const MOST_HIDDEN = 8;

/** How many rows are tried, smallest first, to find one that can be hidden so that the totals can be shown. */
const MOST_TRIES = 20;

/** The words shown instead of a suppressed count, on pages, in charts and in files. */
export const SUPPRESSED_WORDS = { few: "fewer than 5", hidden: "not shown" } as const;

export type SuppressedTable = ReturnType<typeof suppressSmallCounts>;

/** A reader can rule out any count outside these limits; both are inclusive. */
interface Cell {
  count: number;
  label: ShownCount["kind"];
  least: number;
  most: number;
}

/**
 * Hides every count under five, and as many others as needed so that no small one can be worked out: not from the other
 * counts of its row, even by a reader who knows how many people a team has, not from the totals, and not from both.
 * "hidden" is a count that had to go to protect another; in a completely hidden row, it says nothing at all. The totals
 * are shown if hiding at most one more row makes that possible; otherwise they are hidden.
 * @param rows counts by team, one for each part of the whole, all rows of the same length; whole numbers from 0
 */
export function suppressSmallCounts(rows: readonly Counts[]) {
  const sums = (rows[0] ?? []).map((_, part) => rows.reduce((sum, row) => sum + (row[part] ?? 0), 0));
  const people = sums.reduce((sum, count) => sum + count, 0);
  const known = new Map<string, Cell[]>(); // with many teams, most have the same few counts
  const alone = rows.map((row) => getOrAdd(known, row.join(), () => suppressAlone(row)));
  const [cells, totals] = withTotals(alone, sums.length > 0 ? suppressAlone(sums) : []);
  const all: ShownCount = people < SMALLEST_SHOWN ? { kind: "few" } : { kind: "shown", count: people };
  // In the order of the input rows; the sums of the columns; the sum of all.
  return { rows: cells.map((row) => row.map(toShown)), totals: totals.map(toShown), all };
}

function getOrAdd<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}

/**
 * The least that has to be hidden of a row whose sum is known: as few counts as possible, and of those the smallest.
 */
function suppressAlone(counts: Counts): Cell[] {
  const people = (parts: readonly number[]) => parts.reduce((all, part) => all + (counts[part] ?? 0), 0);
  const others = counts
    .flatMap((count, part) => (count >= SMALLEST_SHOWN ? [part] : []))
    .sort((a, b) => people([a]) - people([b]) || a - b);
  const choices = subsetsOf(others.slice(0, MOST_HIDDEN)).sort((a, b) => a.length - b.length || people(a) - people(b));
  const rows = choices.map((hidden) => counts.map((count, part) => makeCell(count, hidden.includes(part))));
  return rows.find((row) => isSafe([row], freeTotals([row]))) ?? hideAll(counts);
}

const subsetsOf = (parts: readonly number[]): number[][] =>
  parts.reduce<number[][]>((sets, part) => [...sets, ...sets.map((set) => [...set, part])], [[]]);

/** The rows and their totals, with whatever else has to be hidden so that they protect each other. */
function withTotals(rows: Cell[][], totals: Cell[]): [Cell[][], Cell[]] {
  if (isSafe(rows, totals)) return [rows, totals];
  const smallestFirst = rows.map((row, at) => ({ at, size: sum(row) })).sort((a, b) => a.size - b.size);
  for (const { at } of smallestFirst.slice(0, MOST_TRIES)) {
    const fewer = rows.map((row, other) => (other === at ? hideAll(row.map(({ count }) => count)) : row));
    if (isSafe(fewer, totals)) return [fewer, totals];
  }
  return [rows, freeTotals(rows)]; // without totals each row stands alone
}

function makeCell(count: number, isHidden: boolean): Cell {
  if (count < SMALLEST_SHOWN) return { count, label: "few", least: 0, most: SMALLEST_SHOWN - 1 };
  if (isHidden) return { count, label: "hidden", least: SMALLEST_SHOWN, most: Infinity }; // or it would be "few"
  return { count, label: "shown", least: count, most: count };
}

/** A row about which nothing is said, not even that a count is small. */
const hideAll = (counts: Counts): Cell[] =>
  counts.map((count) => ({ count, label: "hidden", least: 0, most: Infinity }));

const freeTotals = (rows: readonly Cell[][]): Cell[] =>
  hideAll((rows[0] ?? []).map((_, part) => rows.reduce((all, row) => all + (row[part]?.count ?? 0), 0)));

/** Whether every small count, of a row or a total, could also be a different one, as far as a reader knows. */
function isSafe(rows: readonly Cell[][], totals: readonly Cell[]): boolean {
  // The totals are one more row, with negative counts, so that every column's sum is 0.
  const last = totals.map(({ count, least, most }) => ({ count: -count, least: -most, most: -least }));
  const table: readonly (readonly Limits[])[] = [...rows, last];
  const ways = countWays(table);
  return [...rows, totals].every((row, at) =>
    // Where there are no people, there is nobody to protect.
    row.every(({ count }, part) => count >= SMALLEST_SHOWN || sum(row) === 0 || canDiffer(table[at] ?? [], part, ways)),
  );
}

type Limits = Pick<Cell, "count" | "least" | "most">;

/** For each pair of columns: in how many rows the first count can fall by one and the second rise by one. */
type Ways = readonly (readonly number[])[];

function countWays(table: readonly (readonly Limits[])[]): Ways {
  const columns = (table[0] ?? []).map((_, part) => part);
  return columns.map((from) => columns.map((to) => table.filter((row) => leads(row, from, to)).length));
}

const leads = (row: readonly Limits[], from: number, to: number): boolean =>
  from !== to && hasRoom(row[from], "down") && hasRoom(row[to], "up");

/**
 * Whether there is another table with the same sums of rows and columns (all column sums are 0), within the same
 * limits, in which this count is one more or one less. There is if a chain of counts can make up for it, with each row
 * and column giving and taking one; as all limits are whole numbers, nothing else needs checking.
 */
const canDiffer = (row: readonly Limits[], part: number, ways: Ways): boolean =>
  makesUp(row, part, "up", ways) || makesUp(row, part, "down", ways);

/**
 * Whether other counts can make up for a change of one in this count, up or down: its column then has one too many (or
 * too few), which is passed on through other rows from column to column, and comes back to this row in another column.
 */
function makesUp(row: readonly Limits[], part: number, way: "up" | "down", ways: Ways): boolean {
  if (!hasRoom(row[part], way)) return false;
  const back = way === "up" ? "down" : "up";
  const columns = new Set([part]);
  for (const column of columns) {
    if (column !== part && hasRoom(row[column], back)) return true;
    ways.forEach((_, other) => {
      const [from, to] = way === "up" ? [column, other] : [other, column];
      const inOtherRows = (ways[from]?.[to] ?? 0) - (leads(row, from, to) ? 1 : 0);
      if (inOtherRows > 0) columns.add(other);
    });
  }
  return false;
}

const hasRoom = (cell: Limits | undefined, way: "up" | "down"): boolean =>
  cell !== undefined && (way === "up" ? cell.count < cell.most : cell.count > cell.least);

const sum = (row: readonly Cell[]): number => row.reduce((all, { count }) => all + count, 0);

const toShown = ({ count, label }: Cell): ShownCount =>
  label === "shown" ? { kind: "shown", count } : { kind: label };
