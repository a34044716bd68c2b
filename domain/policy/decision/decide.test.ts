import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { enumerate } from "#domain/testing/enumerated-table.ts";
import { plainRule, rule, soundTable, withRules } from "#domain/testing/generated-table.ts";
import { decide, unsaidBy, UndecidedError } from "./decide.ts";
import { buildTable, situationAt, type DecisionTable } from "./decision-table.ts";
import type { Answers } from "./rule-file.ts";
import { askedPath } from "./wizard.ts";

const allSituations = (table: DecisionTable) =>
  Array.from({ length: table.situations }, (_, at) => situationAt(table, at));
const outcome = (table: DecisionTable, situation: Answers) => {
  const found = plainRule(table, situation);
  return found?.verdict === "never" ? "never" : `${found?.verdict} ${[...(found?.obligations ?? [])].sort().join(" ")}`;
};

/** A table and some of a situation's answers. */
const partial = soundTable.chain((table) =>
  fc
    .tuple(fc.nat({ max: table.situations - 1 }), fc.subarray(table.facts.map(({ name }) => name)))
    .map(([at, known]) => {
      const whole = situationAt(table, at);
      return { table, known: Object.fromEntries(known.map((name) => [name, whole[name] ?? ""])) };
    }),
);

describe("decide", () => {
  it("finds the first matching rule for every whole situation", () => {
    fc.assert(
      fc.property(soundTable, (table) => {
        for (const situation of allSituations(table)) {
          const decision = decide(table, situation);
          expect(decision.settled && decision.rule).toBe(plainRule(table, situation));
        }
      }),
    );
  });

  it("is settled exactly when all completions agree, and then names the rule with the fewest unsaid facts", () => {
    fc.assert(
      fc.property(partial, ({ table, known }) => {
        const open = allSituations(table).filter((whole) =>
          Object.entries(known).every(([name, answer]) => whole[name] === answer),
        );
        const outcomes = new Set(open.map((situation) => outcome(table, situation)));
        const decision = decide(table, known);
        expect(decision.settled).toBe(outcomes.size === 1);
        if (!decision.settled) return;
        const possible = open.map((situation) => plainRule(table, situation));
        expect(possible).toContain(decision.rule);
        const unsaid = possible.map((candidate) =>
          candidate ? Object.keys(candidate.when).filter((name) => known[name] === undefined).length : Infinity,
        );
        expect(unsaidBy(table, decision.rule, known)).toHaveLength(Math.min(...unsaid));
      }),
    );
  });

  it("needs exactly the facts that can still change the outcome, in table order after the first", () => {
    fc.assert(
      fc.property(partial, ({ table, known }) => {
        const open = allSituations(table).filter((whole) =>
          Object.entries(known).every(([name, answer]) => whole[name] === answer),
        );
        const expected = table.facts
          .filter(
            ({ name, answers }) =>
              known[name] === undefined &&
              open.some((whole) =>
                answers.some((other) => outcome(table, { ...whole, [name]: other }) !== outcome(table, whole)),
              ),
          )
          .map(({ name }) => name);
        const decision = decide(table, known);
        const [next, ...others] = decision.settled ? [] : decision.needs;
        expect([...(next ? [next] : []), ...others].sort()).toEqual(expected.toSorted());
        expect(others).toEqual(expected.filter((name) => name !== next));
      }),
    );
  });

  it("leads the wizard to the verdict of the whole situation", () => {
    fc.assert(
      fc.property(soundTable, (table) => {
        for (const whole of allSituations(table)) {
          const path = askedPath(table, whole);
          const decision = decide(table, Object.fromEntries(path.map((name) => [name, whole[name] ?? ""])));
          expect(decision.settled && decision.rule.verdict).toBe(plainRule(table, whole)?.verdict);
        }
      }),
    );
  });

  it("throws if no rule matches: there is no silent default", () => {
    fc.assert(
      fc.property(soundTable, fc.nat(), (table, seed) => {
        const without = withRules(
          table,
          table.rules.filter((_, at) => at !== seed % table.rules.length),
        );
        const gap = enumerate(without).indexOf(-1);
        expect(() => decide(without, situationAt(without, gap))).toThrow(UndecidedError);
        expect(() => decide(without, {})).toThrow(UndecidedError);
      }),
    );
  });

  it("ignores facts that the table does not use and refuses answers that a fact does not have", () => {
    fc.assert(
      fc.property(partial, ({ table, known }) => {
        expect(decide(table, { ...known, elsewhere: "x" })).toEqual(decide(table, known));
        expect(() => decide(table, { ...known, content: "purple" })).toThrow(RangeError);
      }),
    );
  });

  it("prefers the rule without unsaid facts, if several rules have the same outcome", () => {
    const facts = ["audience", "content", "device"].map(
      (name) => [name, { ask: "?", short: "?", help: null, ordered: false, answers: answers("a", "b") }] as const,
    );
    const table = buildTable(
      facts,
      [
        rule("device", { device: ["a"], audience: ["a"] }, "never"),
        rule("audience", { audience: ["a"] }, "never"),
        rule("other-audience", { audience: ["b"], content: ["a"] }, "never"),
        rule("device-b", { device: ["b"] }, "allowed"),
        rule("rest", {}, "never"),
      ],
      [],
    );
    // All are never. Each rule depends on something unsaid, but one is about what was said.
    expect(decide(table, { content: "a" })).toMatchObject({ settled: true, rule: { id: "other-audience" } });
    expect(decide(table, { audience: "a" })).toMatchObject({ settled: true, rule: { id: "audience" } });
    expect(decide(table, { audience: "b", content: "a" })).toMatchObject({
      settled: true,
      rule: { id: "other-audience" },
    });
    expect(decide(table, { device: "a" })).toMatchObject({ settled: true, rule: { id: "rest" } });
  });

  it("treats different obligations as open, but not under never", () => {
    const facts = [
      ["device", { ask: "?", short: "?", help: null, ordered: false, answers: answers("a", "b") }],
    ] as const;
    const obliged = buildTable(
      facts,
      [rule("one", { device: ["a"] }, "allowed", ["x"]), rule("two", {}, "allowed")],
      [],
    );
    expect(decide(obliged, {})).toEqual({ settled: false, needs: ["device"] });
    const never = buildTable(facts, [rule("one", { device: ["a"] }, "never", ["x"]), rule("two", {}, "never")], []);
    expect(decide(never, {})).toMatchObject({ settled: true, rule: { id: "two" } });
  });
});

function answers(...names: string[]) {
  return Object.fromEntries(names.map((name) => [name, { label: name, hint: null, when: null, as: null }]));
}
