import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rule, soundTable } from "#domain/testing/generated-table.ts";
import { summariseChanges, compareTables } from "./difference.ts";
import { buildTable } from "./decision-table.ts";
import type { Fact } from "./fact.ts";

const fact = (...answers: string[]): Fact => ({
  ask: "?",
  short: "?",
  help: null,
  ordered: false,
  answers: Object.fromEntries(answers.map((answer) => [answer, { label: answer, hint: null, when: null, as: null }])),
});
const FACTS: [string, Fact][] = [
  ["audience", fact("colleague", "resident")],
  ["purpose", fact("text", "photo", "call")],
  ["content", fact("sensitive", "plain")],
  ["device", fact("work", "own")],
];
const before = buildTable(FACTS, [rule("all", {}, "allowed")], []);
const linesAfter = (...rules: Parameters<typeof buildTable>[1][number][]) =>
  summariseChanges(compareTables(before, buildTable(FACTS, [...rules, rule("rest", {}, "allowed")], [])));
const CHANGE = { from: "allowed", to: "never" };

describe("changes in few lines", () => {
  it("name what is sent and to whom, and the other facts only where they matter", () => {
    expect(linesAfter(rule("a", { audience: ["resident"], purpose: ["photo"] }, "never"))).toEqual([
      { ...CHANGE, about: { purpose: ["photo"], audience: ["resident"] }, when: {}, isAll: true },
    ]);
    expect(linesAfter(rule("a", { audience: ["resident"], content: ["sensitive"] }, "never"))).toEqual([
      { ...CHANGE, about: { audience: ["resident"] }, when: { content: ["sensitive"] }, isAll: true },
    ]);
  });

  it("say so where the conditions they name hold more than what changed", () => {
    const lines = linesAfter(
      rule("a", { purpose: ["photo"], content: ["sensitive"], device: ["own"] }, "never"),
      rule("b", { purpose: ["photo"], content: ["plain"], device: ["work"] }, "never"),
    );
    expect(lines).toEqual([{ ...CHANGE, about: { purpose: ["photo"] }, when: {}, isAll: false }]);
  });

  it("leave out answers to a new question that decide by themselves: those are said once", () => {
    const facts: [string, Fact][] = [["app", fact("covered", "approved", "other")], ...FACTS];
    const difference = compareTables(
      buildTable(FACTS, [rule("a", { audience: ["resident"] }, "never"), rule("all", {}, "with-care")], []),
      buildTable(
        facts,
        [
          rule("b", { app: ["approved"] }, "allowed"),
          rule("c", { app: ["other"], purpose: ["photo"] }, "never"),
          rule("a", { audience: ["resident"] }, "never"),
          rule("all", {}, "with-care"),
        ],
        [],
      ),
    );
    expect(difference.deciding).toEqual([{ fact: "app", answer: "approved", verdict: "allowed" }]);
    expect(summariseChanges(difference)).toEqual([
      {
        from: "with-care",
        to: "never",
        about: { purpose: ["photo"], audience: ["colleague"] },
        when: { app: ["other"] },
        isAll: true,
      },
    ]);
  });

  it("are none between a table and itself, and some wherever a verdict changed", () => {
    fc.assert(fc.property(soundTable, (table) => summariseChanges(compareTables(table, table)).length === 0));
    fc.assert(
      fc.property(soundTable, soundTable, (one, other) => {
        const difference = compareTables(one, other);
        const lines = summariseChanges(difference);
        for (const { from, to, groups } of difference.verdicts) {
          const isSaid = lines.some((line) => line.from === from && line.to === to);
          const isDecided = difference.deciding.some(({ verdict }) => verdict === to);
          expect(isSaid || (isDecided && groups.length > 0)).toBe(groups.length > 0);
        }
      }),
    );
  });
});
