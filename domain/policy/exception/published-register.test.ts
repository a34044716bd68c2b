import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SMALLEST_SHOWN, type ShownCount } from "#domain/policy/acknowledgement/suppression.ts";
import { publishedLines, readPublishedYear, type ClauseDecisions } from "./figures.ts";

const at = (clause: string, approved: number, declined: number, policy = "nao"): ClauseDecisions => ({
  policy,
  clause,
  approved,
  declined,
});
const words = (count: ShownCount) => (count.kind === "shown" ? count.count : count.kind);
const told = (counts: readonly ClauseDecisions[]) =>
  publishedLines(counts).map(({ clause, decision, count }) => `${clause} ${decision} ${words(count)}`);

describe("the published register", () => {
  it.each<[string, ClauseDecisions[], string[]]>([
    ["nothing", [], []],
    ["one clause", [at("4.3", 40, 12)], ["4.3 approved 40", "4.3 declined 12"]],
    ["a small number alone, whose sum is known", [at("4.3", 40, 3)], ["4.3 approved 40", "4.3 declined hidden"]],
    ["none", [at("4.3", 40, 0)], ["4.3 approved 40", "4.3 declined few"]],
    [
      "one small number: the smallest other goes with it",
      [at("4.3", 40, 9), at("4.4", 3, 9), at("4.5", 12, 9)],
      [
        "4.3 approved 40",
        "4.3 declined 9",
        "4.4 approved few",
        "4.4 declined 9",
        "4.5 approved hidden",
        "4.5 declined 9",
      ],
    ],
    [
      "two small numbers protect each other",
      [at("4.3", 40, 9), at("4.4", 3, 9), at("4.5", 2, 9)],
      ["4.3 approved 40", "4.3 declined 9", "4.4 approved few", "4.4 declined 9", "4.5 approved few", "4.5 declined 9"],
    ],
  ])("of %s", (_, counts, lines) => {
    expect(told(counts)).toEqual(lines);
  });

  it("keeps policies apart", () => {
    const lines = publishedLines([at("4.3", 40, 9), at("4.3", 9, 40, "other")]);
    expect(lines.map(({ policy, count }) => `${policy} ${words(count)}`)).toEqual([
      "nao 40",
      "nao 9",
      "other 9",
      "other 40",
    ]);
  });

  it("shows no number under five, and leaves another possible for each, for who knows the sum", () => {
    const number = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 40 }));
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 40 }), (counts) => {
        const lines = publishedLines(counts.map((count, clause) => at(`4.${clause}`, count, 9)));
        const shown = lines.filter(({ decision }) => decision === "approved").map(({ count }) => count);
        const open = shown.flatMap((count, at) =>
          count.kind === "shown" ? [] : [{ ...count, real: counts[at] ?? 0 }],
        );
        for (const count of shown)
          if (count.kind === "shown") expect(count.count).toBeGreaterThanOrEqual(SMALLEST_SHOWN);
        const total = counts.reduce((sum, count) => sum + count, 0);
        if (total === 0) return;
        // A number can change where another can make up for it, within what its words allow.
        const limits = { few: [0, SMALLEST_SHOWN - 1], hidden: [0, Infinity], shown: [NaN, NaN] } as const;
        for (const [at, one] of open.entries()) {
          if (one.real >= SMALLEST_SHOWN) continue;
          const others = open.filter((_, other) => other !== at);
          const canRise = one.real < limits[one.kind][1] && others.some(({ kind, real }) => real > limits[kind][0]);
          const canFall = one.real > 0 && others.some(({ kind, real }) => real < limits[kind][1]);
          expect(canRise || canFall || (one.kind === "hidden" && open.length === shown.length)).toBe(true);
        }
      }),
    );
  });

  it.each([
    [null, 2025],
    ["", 2025],
    ["2025", 2025],
    ["2010", 2010],
    ["2026", null],
    ["2027", null],
    ["1999", null],
    ["20 25", null],
    ["next", null],
  ])("is of the year %j: %j", (typed, year) => {
    expect(readPublishedYear(typed, "2026-11-23")).toBe(year);
  });
});
