import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainRule } from "#domain/testing/generated-table.ts";
import { matrixCase, type MatrixCase } from "#domain/testing/matrix-case.ts";
import { decide } from "./decide.ts";
import { buildTable, situationAt } from "./decision-table.ts";
import type { Answers } from "./rule-file.ts";
import { ANY } from "./matrix-state.ts";
import { clausesIn, viewMatrix, type MatrixCell } from "./matrix.ts";

/** Every situation in a cell, found by simply looking at all of them. */
function situationsOf({ table }: MatrixCase, { answers }: MatrixCell): Answers[] {
  return Array.from({ length: table.situations }, (_, at) => situationAt(table, at)).filter((situation) =>
    Object.entries(answers).every(([name, answer]) => situation[name] === answer),
  );
}

const verdictOf = ({ table }: MatrixCase, situation: Answers) => plainRule(table, situation)?.verdict;

describe("the matrix", () => {
  it("has a cell for each row and column, with these and every filter that is not open fixed", () => {
    fc.assert(
      fc.property(matrixCase, ({ table, state }) => {
        const view = viewMatrix(table, state);
        view.rows.answers.forEach((row, at) =>
          view.columns.answers.forEach((column, index) => {
            const known = Object.entries(state.filters).filter(([, answer]) => answer !== ANY);
            expect(view.cells[at]?.[index]?.answers).toEqual({
              ...Object.fromEntries(known),
              [state.rows]: row,
              [state.columns]: column,
            });
          }),
        );
        expect(view.cells.flat().reduce((sum, { situations }) => sum + situations, 0)).toBe(
          Object.values(state.filters).some((answer) => answer !== ANY)
            ? view.cells.flat().length * (view.cells[0]?.[0]?.situations ?? 0)
            : table.situations,
        );
      }),
    );
  });

  it("counts in every cell the verdict that decide gives for each of its situations", () => {
    fc.assert(
      fc.property(matrixCase, (one) => {
        for (const cell of viewMatrix(one.table, one.state).cells.flat()) {
          const all = situationsOf(one, cell);
          const decided = all.map((situation) => decide(one.table, situation));
          for (const { verdict, situations } of cell.split)
            expect(decided.filter((decision) => decision.settled && decision.rule.verdict === verdict)).toHaveLength(
              situations,
            );
          expect(cell.split.reduce((sum, { situations }) => sum + situations, 0)).toBe(all.length);
          expect(cell.situations).toBe(all.length);
          expect(cell.split.map(({ verdict }) => verdict)).toContain(cell.rule.verdict);
        }
      }),
    );
  });

  it("lists the open facts that a verdict depends on, and no others", () => {
    fc.assert(
      fc.property(matrixCase, (one) => {
        for (const cell of viewMatrix(one.table, one.state)
          .cells.flat()
          .filter(({ split }) => split.length > 1)) {
          const all = situationsOf(one, cell);
          const open = one.table.facts.filter(({ name }) => cell.answers[name] === undefined);
          const deciding = open.filter(({ name, answers }) =>
            all.some((situation) =>
              answers.some((answer) => verdictOf(one, { ...situation, [name]: answer }) !== verdictOf(one, situation)),
            ),
          );
          expect([...cell.dependsOn].sort()).toEqual(deciding.map(({ name }) => name).sort());
        }
      }),
    );
  });

  it("lists every assumption whose change would affect a verdict, and with which answers", () => {
    fc.assert(
      fc.property(matrixCase, (one) => {
        for (const cell of viewMatrix(one.table, one.state).cells.flat()) {
          const all = situationsOf(one, cell);
          const changing = Object.entries(one.state.filters).flatMap(([name, given]) => {
            if (given === ANY) return [];
            const possible = one.table.facts.find((fact) => fact.name === name)?.answers ?? [];
            const answers = possible.filter((answer) =>
              all.some((situation) => verdictOf(one, { ...situation, [name]: answer }) !== verdictOf(one, situation)),
            );
            return answers.length > 0 ? [[name, answers]] : [];
          });
          expect(cell.changes.map(({ fact, answers }) => [fact, answers]).sort()).toEqual(changing.sort());
        }
      }),
    );
  });

  it("is the same for a table rebuilt from its facts and rules, as a browser does", () => {
    fc.assert(
      fc.property(matrixCase, ({ table, state }) => {
        const sent = JSON.stringify({ facts: table.facts.map(({ name, fact }) => [name, fact]), rules: table.rules });
        const { facts, rules } = JSON.parse(sent) as { facts: [string, never][]; rules: [] };
        expect(viewMatrix(buildTable(facts, rules, []), state).cells).toEqual(viewMatrix(table, state).cells);
      }),
    );
  });

  it("bases each cell on the clauses of the rules that decide it", () => {
    fc.assert(
      fc.property(matrixCase, (one) => {
        for (const cell of viewMatrix(one.table, one.state).cells.flat()) {
          const cited = situationsOf(one, cell).flatMap((situation) => plainRule(one.table, situation)?.because ?? []);
          expect([...clausesIn(one.table, cell)].sort()).toEqual([...new Set(cited)].sort());
        }
      }),
    );
  });
});
