import { beforeAll, describe, expect, it } from "vitest";
import { decide } from "#domain/policy/decision/decide.ts";
import { situationAt, type DecisionTable } from "#domain/policy/decision/decision-table.ts";
import type { Answers } from "#domain/policy/decision/rule-file.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { checkSituationsOf } from "#domain/policy/understanding/check-situation.ts";
import { askingOrder, drawPair } from "#domain/policy/understanding/draw.ts";
import { loadContent } from "#server/base/content/store.ts";

/** The same answers with some answer for every other fact: first, last and one in the middle. */
function completions(table: DecisionTable, answers: Answers): Answers[] {
  return [0, Math.floor(table.situations / 2), table.situations - 1].map((at) => ({
    ...situationAt(table, at),
    ...answers,
  }));
}

const verdictOf = (table: DecisionTable, answers: Answers) => {
  const decision = decide(table, answers);
  return decision.settled ? decision.rule.verdict : null;
};

describe("the situations that people are asked about", () => {
  let versions: PolicyVersion[];
  beforeAll(async () => {
    versions = (await loadContent()).policies.flatMap((policy) => policy.versions);
  });

  it("are there for every policy, with more pairs than a team has people", () => {
    expect(new Set(versions.map(({ slug }) => slug)).size).toBe(8);
    for (const { table } of versions) {
      const { length } = checkSituationsOf(table);
      expect((length * (length - 1)) / 2).toBeGreaterThan(50);
    }
  });

  it("have the verdict of the table, a clause of the policy, and the right one among at least three answers", () => {
    for (const { table, clauses } of versions)
      for (const { answers, rule, choices } of checkSituationsOf(table)) {
        for (const whole of completions(table, answers)) expect(verdictOf(table, whole)).toBe(rule.verdict);
        expect(rule.because.every((id) => clauses.some((clause) => clause.id === id))).toBe(true);
        expect(rule.because.length).toBeGreaterThan(0);
        expect(choices).toContain(rule.verdict);
        expect(choices.length).toBeGreaterThanOrEqual(3);
        expect(choices.length).toBeLessThanOrEqual(4);
        expect(new Set(choices).size).toBe(choices.length);
      }
  });

  it("have neighbours that differ in one fact and have another verdict, one of which can be chosen", () => {
    for (const { table } of versions)
      for (const { answers, rule, neighbours, choices } of checkSituationsOf(table)) {
        expect(neighbours.length).toBeGreaterThan(0);
        expect(neighbours.some(({ verdict }) => choices.includes(verdict))).toBe(true);
        for (const { fact, answer, verdict } of neighbours) {
          expect(answers[fact]).toBeDefined();
          expect(answers[fact]).not.toBe(answer);
          expect(verdict).not.toBe(rule.verdict);
          for (const whole of completions(table, { ...answers, [fact]: answer }))
            expect(verdictOf(table, whole)).toBe(verdict);
        }
      }
  });

  it("are drawn in pairs that differ, by another rule, and never the same for two of a team of forty", () => {
    for (const { table } of versions) {
      const situations = checkSituationsOf(table);
      const taken: string[] = [];
      for (let person = 0; person < 40; person++) {
        const seed = `seed ${person}`;
        const drawn = drawPair(situations, seed, taken);
        if (!drawn) throw new Error("Nothing was drawn.");
        const order = askingOrder(situations, seed, drawn.pair);
        expect(order).toEqual(askingOrder(situations, seed, drawn.pair));
        expect(new Set(order).size).toBe(situations.length);
        expect(order[0]?.id).not.toBe(order[1]?.id);
        expect(drawn.round).toBe(0);
        expect(taken).not.toContain(drawn.pair);
        taken.push(drawn.pair);
      }
      const [first, second] = askingOrder(situations, "alone", drawPair(situations, "alone", [])?.pair ?? "");
      expect(first?.rule.id).not.toBe(second?.rule.id);
    }
  });
});
