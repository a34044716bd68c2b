import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyTable, plainRule, soundTable } from "#domain/testing/generated-table.ts";
import { expectReconciled } from "#domain/testing/reconciled-outcomes.ts";
import { situationAt } from "./decision-table.ts";
import { outcomesOf, readOutcomeFilter, situationsOf, writeOutcomeFilter } from "./outcomes.ts";
import { VERDICTS } from "./verdict.ts";

const EVERYTHING = { answers: {}, verdict: null };

describe("the outcomes of a table", () => {
  it.each([
    ["sound tables", soundTable],
    ["any tables", anyTable],
  ])("have each situation in exactly one row, with the rule that decides it: %s", (_, tables) => {
    fc.assert(
      fc.property(tables, (table) => {
        const outcomes = outcomesOf(table, EVERYTHING);
        expect(outcomes?.situations).toBe(table.situations);
        expectReconciled(table, EVERYTHING, outcomes);
        expect(outcomesOf(table, EVERYTHING)).toBe(outcomes);
      }),
      { numRuns: 40 },
    );
  });

  it("reconcile under any filter by facts and verdict", () => {
    fc.assert(
      fc.property(
        anyTable.chain((table) =>
          fc.tuple(
            fc.constant(table),
            fc.nat({ max: table.situations - 1 }),
            fc.subarray(table.facts.map(({ name }) => name)),
            fc.constantFrom(null, ...VERDICTS),
          ),
        ),
        ([table, at, names, verdict]) => {
          const situation = situationAt(table, at);
          const filter = { answers: Object.fromEntries(names.map((name) => [name, situation[name] ?? ""])), verdict };
          expectReconciled(table, filter, outcomesOf(table, filter));
          const single = [...(situationsOf(table, filter) ?? [])];
          expect(single).toHaveLength(outcomesOf(table, filter)?.situations ?? -1);
          for (const one of single) expect(plainRule(table, one.situation)).toBe(one.rule);
          const address = Object.fromEntries(writeOutcomeFilter(filter));
          expect(readOutcomeFilter(table, address)).toEqual(filter);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("drop anything in an address that the table does not know, and take the last of repeated values", () => {
    fc.assert(
      fc.property(anyTable, (table) => {
        const query = { f0: ["a0", "a1", "blue"], colour: "red", verdict: ["never", "allowed"], page: "2" };
        expect(readOutcomeFilter(table, query)).toEqual({ answers: { f0: "a1" }, verdict: "allowed" });
        expect(readOutcomeFilter(table, { verdict: "purple" })).toEqual(EVERYTHING);
      }),
      { numRuns: 5 },
    );
  });
});
