import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CLAUSE, plainRule, rule, withRules } from "#domain/testing/generated-table.ts";
import { matrixCase } from "#domain/testing/matrix-case.ts";
import { buildTable, situationAt, type DecisionTable } from "./decision-table.ts";
import { changeOf, viewMatrix } from "./matrix.ts";
import { VERDICTS } from "./verdict.ts";

/** A table, its matrix, and an earlier version of it in which some rules have other verdicts. */
const withEarlier = fc
  .tuple(matrixCase, fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 6 }))
  .map(([one, shifts]) => {
    const rules = one.table.rules.map((now, at) => ({
      ...now,
      verdict:
        VERDICTS[(VERDICTS.indexOf(now.verdict) + (shifts[at % shifts.length] ?? 0)) % VERDICTS.length] ?? "never",
    }));
    return { ...one, before: withRules(one.table, rules) };
  });

const situationsOf = (table: DecisionTable) =>
  Array.from({ length: table.situations }, (_, situation) => situationAt(table, situation));

describe("what changed in a cell", () => {
  it("is nothing compared with the same rules", () => {
    fc.assert(
      fc.property(matrixCase, ({ table, state }) => {
        const same = withRules(table, table.rules);
        expect(
          viewMatrix(table, state)
            .cells.flat()
            .map((cell) => changeOf(same, table, cell))
            .filter(Boolean),
        ).toEqual([]);
      }),
    );
  });

  it("counts the situations with a different verdict, and the earlier verdicts of all", () => {
    fc.assert(
      fc.property(withEarlier, ({ table, state, before }) => {
        for (const cell of viewMatrix(table, state).cells.flat()) {
          const own = situationsOf(table).filter((situation) =>
            Object.entries(cell.answers).every(([name, answer]) => situation[name] === answer),
          );
          const verdicts = own.map((situation) => [before, table].map((one) => plainRule(one, situation)?.verdict));
          const changed = verdicts.filter(([was, is]) => was !== is).length;
          const change = changeOf(before, table, cell);
          expect(change?.verdicts ?? 0).toBe(changed);
          if (change === null) continue;
          expect(change).toMatchObject({ situations: own.length, unknown: 0 });
          for (const { verdict, situations } of change.was)
            expect(verdicts.filter(([was]) => was === verdict)).toHaveLength(situations);
          expect(change.was.reduce((sum, { situations }) => sum + situations, 0)).toBe(own.length);
        }
      }),
    );
  });

  const yesNo = (names: string[]) => ({
    ask: "?",
    short: "?",
    help: null,
    ordered: false,
    answers: Object.fromEntries(names.map((name) => [name, { label: name, hint: null, when: null, as: null }])),
  });
  const small = (answers: string[], obligations: string[] = [], others: string[] = []) =>
    buildTable(
      [["a", yesNo(answers)], ["b", yesNo(["x", "y"])], ...others.map((name) => [name, yesNo(["no", "yes"])] as const)],
      [rule("r", {}, "with-care", obligations)],
      obligations.map((id) => ({ id, text: `Do ${id}.`, because: [CLAUSE] })),
    );
  const cellsOf = (table: DecisionTable) =>
    viewMatrix(table, { rows: "a", columns: "b", filters: {}, chosen: null }).cells.flat();

  it("reports an answer that the earlier version did not know", () => {
    const [before, after] = [small(["one", "two"]), small(["one", "two", "three"])];
    expect(cellsOf(after).map((cell) => changeOf(before, after, cell)?.unknown ?? 0)).toEqual([0, 0, 0, 0, 1, 1]);
  });

  it("reports different obligations; the same words under another id count as the same", () => {
    const after = small(["one", "two"], ["o1"]);
    expect(cellsOf(after).map((cell) => changeOf(small(["one", "two"], ["o2"]), after, cell))).toEqual(
      Array.from({ length: 4 }, () => ({
        situations: 1,
        verdicts: 0,
        obligations: 1,
        unknown: 0,
        was: [{ verdict: "with-care", situations: 1 }],
      })),
    );
    const renamed = buildTable(
      after.facts.map(({ name, fact }) => [name, fact]),
      [rule("r", {}, "with-care", ["other"])],
      [{ id: "other", text: "Do o1.", because: [CLAUSE] }],
    );
    expect(
      cellsOf(after)
        .map((cell) => changeOf(renamed, after, cell))
        .filter(Boolean),
    ).toEqual([]);
  });

  it("compares with every answer to a question that is no longer asked", () => {
    const before = buildTable(
      small(["one", "two"], [], ["gone"]).facts.map(({ name, fact }) => [name, fact]),
      [rule("yes", { gone: ["yes"] }, "never"), rule("no", {}, "with-care")],
      [],
    );
    const after = small(["one", "two"]);
    expect(cellsOf(after).map((cell) => changeOf(before, after, cell))).toEqual(
      Array.from({ length: 4 }, () => ({
        situations: 2,
        verdicts: 1,
        obligations: 0,
        unknown: 0,
        was: [
          { verdict: "never", situations: 1 },
          { verdict: "with-care", situations: 1 },
        ],
      })),
    );
  });
});
