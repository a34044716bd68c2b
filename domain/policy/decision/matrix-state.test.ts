import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matrixCase, type MatrixCase } from "#domain/testing/matrix-case.ts";
import { ANY, ownState, readState, swapped, withAxis, writeState } from "./matrix-state.ts";

const PLACE = { policy: "p", version: null, since: null };
const parse = (query: string) => {
  const parts = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(query)) parts.set(name, [...(parts.get(name) ?? []), value]);
  return Object.fromEntries(parts);
};
const read = ({ table, matrix }: MatrixCase, query: string) => readState(table, matrix, parse(query));
const write = ({ table, matrix, state }: MatrixCase) => writeState(PLACE, table, matrix, state);

describe("the address of a matrix", () => {
  it("leads back to the same state, whatever the order of its parts", () => {
    fc.assert(
      fc.property(matrixCase, (one) => {
        const query = write(one);
        expect(read(one, query)).toEqual(one.state);
        expect(read(one, [...query.split("&")].reverse().join("&"))).toEqual(one.state);
        expect(write({ ...one, state: read(one, query) })).toBe(query);
      }),
    );
  });

  it("omits whatever is as the policy defines it", () => {
    fc.assert(
      fc.property(matrixCase, (one) => {
        const state = ownState(one.table, one.matrix);
        expect(write({ ...one, state })).toBe("policy=p");
        expect(read(one, "")).toEqual(state);
        expect(state.filters).toEqual(one.matrix.assume);
      }),
    );
  });

  it("drops anything unknown, including invalid answers, and takes the last known value of a repeated name", () => {
    fc.assert(
      fc.property(matrixCase, (one) => {
        const query = write(one);
        const noise = Object.keys(one.state.filters).map((name) => `${name}=no-such-answer&${name}=`);
        const all = [
          "%E0=%25&__proto__=1&constructor=x",
          ...noise,
          query,
          ...noise,
          "rows=nothing&columns=nothing&unknown=1",
        ].join("&");
        expect(read(one, all)).toEqual(one.state);
      }),
    );
  });

  it("keeps the row that is shown where there is room for one only, until a cell is chosen or the axes change", () => {
    fc.assert(
      fc.property(matrixCase, (one) => {
        const { table, matrix, state } = one;
        const answer = table.facts.find(({ name }) => name === state.rows)?.answers.at(-1) ?? "";
        const shown = { ...state, chosen: null, row: answer };
        const query = write({ ...one, state: shown });
        expect(read(one, query)).toEqual(shown);
        expect(new URLSearchParams(query).get(state.rows)).toBe(answer);
        const chosen = { row: table.facts.find(({ name }) => name === state.rows)?.answers[0] ?? "", column: "" };
        expect(new URLSearchParams(write({ ...one, state: { ...shown, chosen } })).get(state.rows)).toBe(chosen.row);
        expect(swapped(shown).row).toBeUndefined();
        expect(withAxis(table, matrix, shown, "rows", state.columns).row).toBeUndefined();
      }),
    );
  });

  it("leaves a former axis open if the policy assumes nothing about it, and accepts any as an answer", () => {
    fc.assert(
      fc.property(matrixCase, (one) => {
        const { matrix, state, table } = one;
        const other = table.facts.find(({ name }) => name !== matrix.rows && name !== matrix.columns);
        if (!other) return;
        expect(withAxis(table, matrix, ownState(table, matrix), "rows", other.name).filters[matrix.rows]).toBe(ANY);
        const open = Object.fromEntries(Object.keys(state.filters).map((name) => [name, ANY]));
        expect(read(one, write({ ...one, state: { ...state, filters: open } })).filters).toEqual(open);
      }),
    );
  });
});

describe("two axes", () => {
  it("are never the same: the one that was changed gets the fact, the other the fact that it had before", () => {
    fc.assert(
      fc.property(matrixCase, (one) => {
        const { rows, columns } = one.state;
        const was = `was=${rows}+${columns}`;
        expect(read(one, `rows=${columns}&columns=${columns}&${was}`)).toMatchObject({ rows: columns, columns: rows });
        expect(read(one, `rows=${rows}&columns=${rows}&${was}`)).toMatchObject({ rows: columns, columns: rows });
      }),
    );
  });

  it("are corrected without knowing the previous axes, even if only one is given", () => {
    fc.assert(
      fc.property(matrixCase, fc.nat(), (one, seed) => {
        const fact = one.table.facts[seed % one.table.facts.length]?.name ?? "";
        for (const query of [
          `rows=${fact}&columns=${fact}`,
          `rows=${fact}`,
          `columns=${fact}`,
          `rows=${fact}&was=x+x`,
        ]) {
          const { rows, columns, filters } = read(one, query);
          expect(rows).not.toBe(columns);
          expect([rows, columns]).toContain(fact);
          expect(new Set([rows, columns, ...Object.keys(filters)]).size).toBe(one.table.facts.length);
        }
      }),
    );
  });

  it("swap together with the chosen cell, and choosing the other's fact swaps them", () => {
    fc.assert(
      fc.property(matrixCase, (one) => {
        const { state, table, matrix } = one;
        expect(swapped(swapped(state))).toEqual(state);
        expect(withAxis(table, matrix, state, "rows", state.columns)).toEqual(swapped(state));
        expect(withAxis(table, matrix, state, "columns", state.rows)).toEqual(swapped(state));
        expect(withAxis(table, matrix, state, "rows", state.rows)).toBe(state);
        expect(write({ ...one, state: swapped(state) })).not.toBe(write(one));
      }),
    );
  });
});
