import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyTable, plainRule, rule, soundTable } from "#domain/testing/generated-table.ts";
import { buildTable, situationAt } from "./decision-table.ts";
import { decide } from "./decide.ts";
import { decisionMap, wayThrough } from "./decision-map.ts";
import { answerPath, askedPath } from "./wizard.ts";

describe("the decision map", () => {
  it.each([
    ["sound tables", soundTable],
    ["any tables", anyTable],
  ])("leads every situation along the wizard's questions to the verdict of the table: %s", (_, tables) => {
    fc.assert(
      fc.property(tables, fc.nat(), (table, seed) => {
        const map = decisionMap(table);
        if (!map) return; // too much to draw
        const situation = situationAt(table, seed % table.situations);
        const { steps, rule: end } = wayThrough(map, situation);
        expect(steps.map(({ question }) => question.fact)).toEqual(askedPath(table, situation));
        const found = plainRule(table, situation);
        expect(end?.verdict).toBe(found?.verdict);
        for (const { question, branch } of steps)
          if (branch.goal.kind === "question") expect(branch.goal.to).toBeGreaterThan(question.number);
      }),
      { numRuns: 60 },
    );
  });

  it("has every answer of every question once, and draws nothing twice", () => {
    fc.assert(
      fc.property(soundTable, (table) => {
        const { questions } = decisionMap(table) ?? { questions: [] };
        const shapes = questions.map(({ fact, branches }) => JSON.stringify([fact, branches]));
        expect(new Set(shapes).size).toBe(questions.length);
        for (const { fact, branches } of questions) {
          const own = table.facts.find(({ name }) => name === fact)?.answers ?? [];
          expect(branches.flatMap(({ answers }) => answers).sort()).toEqual(own.toSorted());
          expect(branches.length).toBeGreaterThan(1);
        }
      }),
    );
  });

  it("says what applies if there is nothing to ask", () => {
    const fact = { ask: "?", short: "?", help: null, ordered: false };
    const words = (label: string) => ({ label, hint: null, when: null, as: null });
    const table = buildTable(
      [["f", { ...fact, answers: { a: words("a"), b: words("b") } }]],
      [rule("all", {}, "never")],
      [],
    );
    expect(decisionMap(table)).toMatchObject({ questions: [], settled: { id: "all" } });
    expect(wayThrough(decisionMap(table) ?? { questions: [], settled: null }, {})).toMatchObject({
      steps: [],
      rule: { id: "all" },
    });
  });

  it("stops at a missing answer", () => {
    fc.assert(
      fc.property(anyTable, (table) => {
        const map = decisionMap(table);
        if (map && map.questions.length > 0) expect(wayThrough(map, {})).toEqual({ steps: [], rule: null });
      }),
      { numRuns: 20 },
    );
  });
});

describe("the way taken", () => {
  it("says where every other answer would have led", () => {
    fc.assert(
      fc.property(soundTable, fc.nat(), (table, seed) => {
        const situation = situationAt(table, seed % table.situations);
        const path = askedPath(table, situation);
        const way = answerPath(table, situation, path);
        expect(way.map(({ fact }) => fact)).toEqual(path);
        way.forEach(({ fact, answer, others }, at) => {
          const known = Object.fromEntries(path.slice(0, at).map((name) => [name, situation[name] ?? ""]));
          const all = table.facts.find(({ name }) => name === fact)?.answers ?? [];
          expect([answer, ...others.flatMap(({ answers }) => answers)].sort()).toEqual(all.toSorted());
          for (const { verdict, answers } of others)
            for (const other of answers) {
              const decision = decide(table, { ...known, [fact]: other });
              expect(decision.settled ? decision.rule.verdict : null).toBe(verdict);
            }
        });
      }),
      { numRuns: 40 },
    );
  });
});
