import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyTable, plainRule, rule, soundTable } from "#domain/testing/generated-table.ts";
import { unionAxes } from "./comparison.ts";
import { buildTable, type DecisionTable } from "./decision-table.ts";
import type { Fact } from "./fact.ts";
import { combinationsOf, mergedRules, type Combination } from "./merge.ts";
import type { Answers, Rule } from "./rule-file.ts";
import { VERDICTS } from "./verdict.ts";

const several = fc.array(fc.oneof(anyTable, soundTable), { minLength: 2, maxLength: 3 });
const RUNS = { numRuns: 30 };

const situationsOf = (tables: readonly DecisionTable[]) =>
  unionAxes(tables).reduce<Answers[]>(
    (all, { name, answers }) => all.flatMap((one) => answers.map((answer) => ({ ...one, [name]: answer }))),
    [{}],
  );
const plain = (table: DecisionTable, situation: Answers): Rule | null =>
  table.facts.every(({ name, answers }) => answers.includes(situation[name] ?? ""))
    ? (plainRule(table, situation) ?? null)
    : null;
const holds = (when: Combination["when"], situation: Answers) =>
  Object.entries(when).every(([name, answers]) => answers.includes(situation[name] ?? ""));
const found = (tables: readonly DecisionTable[]) => {
  const combinations = combinationsOf(tables);
  if (!combinations) throw new Error("Too many combinations.");
  return combinations;
};

describe("combinationsOf", () => {
  it("has each situation in the first combination whose conditions it meets, with the rules that decide it", () => {
    fc.assert(
      fc.property(several, (tables) => {
        const { combinations, situations } = found(tables);
        const all = situationsOf(tables);
        expect(situations).toBe(all.length);
        const counts = new Map<Combination, number>();
        for (const situation of all) {
          const first = combinations.find(({ when }) => holds(when, situation));
          expect(first?.rules).toEqual(tables.map((table) => plain(table, situation)));
          if (first) counts.set(first, (counts.get(first) ?? 0) + 1);
        }
        for (const one of combinations) {
          expect(one.situations).toBe(counts.get(one));
          expect(one.rules).toEqual(tables.map((table) => plain(table, one.example)));
        }
      }),
      RUNS,
    );
  });

  it("names a strictest only where all speak and it is at least as strict as each other", () => {
    fc.assert(
      fc.property(several, (tables) => {
        for (const { kind, strictest, rules } of found(tables).combinations) {
          const speaking = rules.filter((one) => one !== null && one.verdict !== "not-covered");
          const levels = rules.map((one) => VERDICTS.indexOf(one?.verdict ?? "not-covered"));
          if (kind === "to-decide") expect(strictest).toBeNull();
          else expect(rules[strictest ?? -1]).not.toBeNull();
          if (kind === "strictest") {
            expect(speaking).toHaveLength(rules.length);
            expect(levels[strictest ?? -1]).toBe(Math.min(...levels));
          }
          if (kind === "agree") expect(new Set(levels).size).toBe(1);
          if (speaking.length > 0 && speaking.length < rules.length) expect(kind).toBe("to-decide");
        }
      }),
      RUNS,
    );
  });

  it("leaves duties that cannot be compared to be decided", () => {
    const yes: Fact = {
      ask: "?",
      short: "?",
      help: null,
      ordered: false,
      answers: { yes: { label: "Yes", hint: null, when: null, as: null } },
    };
    const duties = [
      { id: "a", text: "A.", because: ["1"] },
      { id: "b", text: "B.", because: ["1"] },
    ];
    const table = (...obliged: string[]) => buildTable([["it", yes]], [rule("all", {}, "with-care", obliged)], duties);
    const kindOf = (...tables: DecisionTable[]) =>
      found(tables).combinations.map(({ kind, strictest }) => ({ kind, strictest }));
    expect(kindOf(table("a"), table("b"))).toEqual([{ kind: "to-decide", strictest: null }]);
    expect(kindOf(table("a"), table("a", "b"))).toEqual([{ kind: "strictest", strictest: 1 }]);
    expect(kindOf(table("a"), table("a"))).toEqual([{ kind: "agree", strictest: 0 }]);
  });
});

describe("mergedRules", () => {
  it("decides every situation as it was chosen, whatever was chosen, with no rule that never decides", () => {
    fc.assert(
      fc.property(several, fc.array(fc.nat(), { minLength: 1, maxLength: 20 }), (tables, picks) => {
        const combinations = found(tables);
        const order = new Map(combinations.combinations.map((one, at) => [one, picks[at % picks.length] ?? 0]));
        const chosen = (one: Combination) => one.rules[(order.get(one) ?? 0) % tables.length] ?? null;
        const rules = mergedRules(combinations, tables, chosen);
        const used = new Set<unknown>();
        for (const situation of situationsOf(tables)) {
          const own = combinations.combinations.find(({ when }) => holds(when, situation));
          const decided = rules.find(({ when }) => holds(when, situation));
          expect(decided?.taken).toBe(own && chosen(own));
          used.add(decided);
        }
        expect(rules.every((one) => used.has(one))).toBe(true);
      }),
      RUNS,
    );
  });

  it("is the table itself where only one is taken from", () => {
    fc.assert(
      fc.property(soundTable, anyTable, (table, other) => {
        const tables = [table, other];
        const rules = mergedRules(found(tables), tables, ({ rules: [first] }) => first ?? null);
        expect(rules.length).toBeLessThanOrEqual(table.rules.length + 1);
      }),
      RUNS,
    );
  });
});
