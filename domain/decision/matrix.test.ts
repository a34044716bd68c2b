import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainRule, soundTable } from "../testing/generated-table.ts";
import { viewMatrix } from "./matrix.ts";

const matrixOf = soundTable.map((table) => {
  const [rows, columns, ...others] = table.facts;
  if (!rows || !columns) throw new Error("A generated table has at least two facts.");
  const assume = Object.fromEntries(others.map(({ name, answers }) => [name, answers[0] ?? ""]));
  return { table, matrix: { rows: rows.name, columns: columns.name, assume }, others };
});

describe("the matrix", () => {
  it("says in every cell what the table says, and names every assumption that would change it", () => {
    fc.assert(
      fc.property(matrixOf, ({ table, matrix, others }) => {
        for (const cell of viewMatrix(table, matrix).cells.flat()) {
          expect(cell.rule).toBe(plainRule(table, cell.answers));
          const changing = others.flatMap(({ name, answers }) => {
            const verdicts = answers.map((answer) => [
              answer,
              plainRule(table, { ...cell.answers, [name]: answer })?.verdict,
            ]);
            const different = verdicts.filter(([, verdict]) => verdict !== cell.rule.verdict);
            return different.length > 0
              ? [{ fact: name, answers: different.map(([answer, verdict]) => ({ answer, verdict })) }]
              : [];
          });
          expect(cell.changes).toEqual(changing);
        }
      }),
    );
  });

  it("lets the reader replace an assumption, but not an axis", () => {
    fc.assert(
      fc.property(matrixOf, fc.nat(), ({ table, matrix, others }, seed) => {
        const other = others[seed % Math.max(others.length, 1)];
        const answer = other?.answers.at(-1) ?? "";
        const chosen = { ...(other && { [other.name]: answer }), [matrix.rows]: "sensitive" };
        const view = viewMatrix(table, matrix, chosen);
        if (other) expect(view.assume[other.name]).toBe(answer);
        expect(view.assume[matrix.rows]).toBeUndefined();
        expect(view.cells).toHaveLength(view.rows.answers.length);
      }),
    );
  });
});
