import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SMALLEST_SHOWN, suppressSmallCounts, type ShownCount, type SuppressedTable } from "./suppression.ts";

const inWords = (cells: readonly ShownCount[]) =>
  cells.map((cell) => (cell.kind === "shown" ? String(cell.count) : cell.kind)).join(" ");
const table = (rows: number[][]) => {
  const { rows: cells, totals, all } = suppressSmallCounts(rows);
  return [...cells.map(inWords), inWords(totals), inWords([all])];
};

describe("suppressSmallCounts", () => {
  it("shows everything if nothing is small", () => {
    expect(
      table([
        [12, 5, 7],
        [30, 6, 9],
      ]),
    ).toEqual(["12 5 7", "30 6 9", "42 11 16", "69"]);
  });

  it("hides small counts, and a second one if the team's size would reveal the first", () => {
    expect(
      table([
        [20, 2, 1],
        [31, 0, 3],
        [18, 1, 2],
      ]),
    ).toEqual(["20 few few", "31 few few", "18 few few", "69 few hidden", "78"]);
    expect(
      table([
        [20, 2, 9],
        [31, 2, 12],
      ])[0],
    ).toBe("20 few hidden");
  });

  it("hides the remaining count if the others are zero: that all accepted says something about each person", () => {
    expect(
      table([
        [40, 0, 0],
        [35, 0, 1],
        [30, 1, 2],
      ])[0],
    ).toBe("hidden few few");
    expect(
      table([
        [4, 4, 4],
        [40, 9, 9],
        [30, 9, 9],
      ])[0],
    ).toBe("hidden hidden hidden"); // 12 people: each would be 4
  });

  it("hides a second team if the totals would reveal the first, or else the totals", () => {
    expect(
      table([
        [20, 2, 2],
        [30, 8, 9],
        [40, 9, 9],
      ]),
    ).toEqual(["20 few few", "hidden hidden hidden", "40 9 9", "90 19 20", "129"]);
    expect(table([[20, 2, 2]])).toEqual(["20 few few", "20 few few", "24"]);
  });

  it("shows a total of exactly five, but not of four", () => {
    expect(table([[5, 0, 0]]).at(-1)).toBe("5");
    expect(table([[2, 2, 1]]).at(-1)).toBe("5");
    expect(table([[4, 0, 0]]).at(-1)).toBe("few");
    expect(table([[5, 5, 5]])).toEqual(["5 5 5", "5 5 5", "15"]);
  });

  it("accepts small bodies, empty ones and none", () => {
    expect(
      table([
        [1, 0, 2],
        [2, 1, 0],
        [0, 0, 5],
      ]),
    ).toEqual(["few few few", "few few few", "hidden hidden hidden", "few few 7", "11"]);
    expect(
      table([
        [0, 0, 0],
        [20, 5, 5],
      ]),
    ).toEqual(["few few few", "20 5 5", "20 5 5", "30"]);
    expect(table([[0, 0, 0]])).toEqual(["few few few", "few few few", "few"]);
    expect(table([])).toEqual(["", "few"]);
  });
});

/** The limits that a reader knows a count to be within; a completely hidden row or totals reveal nothing. */
function limits(shown: readonly ShownCount[]): [number, number][] {
  const saysNothing = shown.every(({ kind }) => kind === "hidden");
  return shown.map((cell) => {
    if (cell.kind === "shown") return [cell.count, cell.count];
    if (cell.kind === "few") return [0, SMALLEST_SHOWN - 1];
    return [saysNothing ? 0 : SMALLEST_SHOWN, Infinity];
  });
}

const within = (counts: readonly number[], ranges: readonly [number, number][]) =>
  counts.every((count, at) => count >= (ranges[at]?.[0] ?? 0) && count <= (ranges[at]?.[1] ?? 0));

/** All rows of three counts with this sum that agree with what is shown. */
function rowsLike(sum: number, ranges: readonly [number, number][]): number[][] {
  const found: number[][] = [];
  for (let a = 0; a <= sum; a++)
    for (let b = 0; a + b <= sum; b++) if (within([a, b, sum - a - b], ranges)) found.push([a, b, sum - a - b]);
  return found;
}

/** All values that each cell of rows and totals can have, by trying all the tables that a reader could think of. */
function possibleValues(rows: readonly number[][], { rows: shown, totals }: SuppressedTable): Set<number>[][] {
  const sizes = rows.map((row) => row.reduce((sum, count) => sum + count, 0));
  const options = sizes.map((size, at) => rowsLike(size, limits(shown[at] ?? [])));
  const people = sizes.reduce((sum, size) => sum + size, 0);
  const add = (sums: Set<string>, triples: readonly number[][]) =>
    new Set(
      [...sums].flatMap((text) => {
        const [a = 0, b = 0] = text.split(",").map(Number);
        return triples.map(([x = 0, y = 0]) => `${a + x},${b + y}`);
      }),
    );
  const before = [new Set(["0,0"])];
  options.forEach((triples, at) => before.push(add(before[at] ?? new Set(), triples)));
  const goals = rowsLike(people, limits(totals)).map(([a = 0, b = 0]) => `${a},${b}`);
  const reached = new Set(goals.filter((goal) => before.at(-1)?.has(goal)));
  const values: Set<number>[][] = [...rows, totals].map(() => [new Set(), new Set(), new Set()]);
  const note = (at: number, [a = 0, b = 0, c = 0]: readonly number[]) =>
    [a, b, c].forEach((count, part) => values[at]?.[part]?.add(count));
  let after = reached;
  for (let at = rows.length - 1; at >= 0; at--) {
    const earlier = new Set<string>();
    for (const text of after) {
      const [a = 0, b = 0] = text.split(",").map(Number);
      for (const triple of options[at] ?? []) {
        const rest = `${a - (triple[0] ?? 0)},${b - (triple[1] ?? 0)}`;
        if (!before[at]?.has(rest)) continue;
        earlier.add(rest);
        note(at, triple);
      }
    }
    after = earlier;
  }
  for (const text of reached) {
    const [a = 0, b = 0] = text.split(",").map(Number);
    note(rows.length, [a, b, people - a - b]);
  }
  return values;
}

const count = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 11 }));
const rowsArbitrary = fc.array(fc.tuple(count, count, count), { minLength: 1, maxLength: 4 });

describe("what can be worked out from it", () => {
  it("is never a count under five, even for somebody who knows everything shown and the size of each team", () => {
    fc.assert(
      fc.property(rowsArbitrary, (tuples) => {
        const rows = tuples.map((tuple) => [...tuple]).filter((row) => row.some((each) => each > 0));
        const result = suppressSmallCounts(rows);
        const sums = [0, 1, 2].map((part) => rows.reduce((sum, row) => sum + (row[part] ?? 0), 0));
        const possible = possibleValues(rows, result);
        [...rows, sums].forEach((row, at) =>
          row.forEach((each, part) => {
            const values = possible[at]?.[part] ?? new Set();
            expect(values.has(each) || rows.length === 0).toBe(true); // nothing that is shown is untrue
            if (each < SMALLEST_SHOWN && rows.length > 0) expect(values.size).toBeGreaterThan(1);
          }),
        );
      }),
      { numRuns: 400 },
    );
  });

  it("never shows a small count, and everything shown is true", () => {
    fc.assert(
      fc.property(rowsArbitrary, (rows) => {
        const result = suppressSmallCounts(rows);
        result.rows.forEach((row, at) =>
          row.forEach((cell, part) => {
            if (cell.kind === "shown") expect(cell.count).toBe(rows[at]?.[part]);
            if (cell.kind === "shown") expect(cell.count).toBeGreaterThanOrEqual(SMALLEST_SHOWN);
            if (cell.kind === "few") expect(rows[at]?.[part]).toBeLessThan(SMALLEST_SHOWN);
          }),
        );
      }),
    );
  });

  it("keeps showing the totals of a large body", () => {
    const rows = Array.from({ length: 40 }, (_, at) => [12 + (at % 9), at % 3, 5 + (at % 4)]);
    const { totals, rows: cells } = suppressSmallCounts(rows);
    expect(totals.map(({ kind }) => kind)).toEqual(["shown", "shown", "shown"]);
    expect(cells.filter((row) => row.every(({ kind }) => kind === "hidden")).length).toBeLessThanOrEqual(1);
  });
});
