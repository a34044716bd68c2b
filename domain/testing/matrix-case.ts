/** States of a matrix made up for property tests, over tables made up. */
import fc from "fast-check";
import type { DecisionTable } from "#domain/policy/decision/decision-table.ts";
import { ANY, ownState, type MatrixState } from "#domain/policy/decision/matrix-state.ts";
import type { Matrix } from "#domain/policy/decision/rule-file.ts";
import { soundTable } from "./generated-table.ts";

export interface MatrixCase {
  table: DecisionTable;
  /** The policy's own. */
  matrix: Matrix;
  state: MatrixState;
}

/** A policy's matrix with an answer for each other fact, and any state of it: two axes, answers or ANY, maybe a cell. */
export const matrixCase: fc.Arbitrary<MatrixCase> = soundTable.chain((table) => {
  const names = table.facts.map(({ name }) => name);
  const two = fc.shuffledSubarray(names, { minLength: 2, maxLength: 2 });
  const answerOf = (pick: number, name: string, isOpen: boolean) => {
    const answers = table.facts.find((fact) => fact.name === name)?.answers ?? [];
    const all = isOpen ? [...answers, ANY] : answers;
    return all[pick % all.length] ?? "";
  };
  return fc
    .record({
      own: two,
      axes: two,
      picks: fc.array(fc.nat(), { minLength: 10, maxLength: 10 }),
      isChosen: fc.boolean(),
    })
    .map(({ own: [ownRows = "", ownColumns = ""], axes: [rows = "", columns = ""], picks, isChosen }) => {
      const others = (a: string, b: string) => names.filter((name) => name !== a && name !== b);
      const pick = (at: number) => picks[at % picks.length] ?? 0;
      const assume = others(ownRows, ownColumns).map((name, at) => [name, answerOf(pick(at), name, false)] as const);
      const matrix: Matrix = { rows: ownRows, columns: ownColumns, assume: Object.fromEntries(assume) };
      const filters = others(rows, columns).map((name, at) => [name, answerOf(pick(at + 4), name, true)] as const);
      const chosen = isChosen
        ? { row: answerOf(pick(8), rows, false), column: answerOf(pick(9), columns, false) }
        : null;
      return {
        table,
        matrix,
        state: { ...ownState(table, matrix), rows, columns, filters: Object.fromEntries(filters), chosen },
      };
    });
});
