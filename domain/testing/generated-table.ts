/** Decision tables made up for property tests: sound ones, and the same with a fault planted in any place. */
import fc from "fast-check";
import { buildTable, situationAt, type DecisionTable } from "#domain/policy/decision/decision-table.ts";
import type { Fact } from "#domain/policy/decision/fact.ts";
import type { Answers, Rule } from "#domain/policy/decision/rule-file.ts";
import { VERDICTS, type Verdict } from "#domain/policy/decision/verdict.ts";

/** The one clause that sound tables cite. */
export const CLAUSE = "1.1";

const fact = (answers: string[], ordered = false): Fact => ({
  ask: "?",
  short: "?",
  help: null,
  ordered,
  answers: Object.fromEntries(
    answers.map((answer) => [
      answer,
      { label: answer, hint: null, when: null, as: answer === "unsure" ? "sensitive" : null },
    ]),
  ),
});

const factsArbitrary = fc
  .array(fc.integer({ min: 2, max: 4 }), { minLength: 1, maxLength: 3 })
  .map((sizes): [string, Fact][] => [
    ["content", fact(["sensitive", "unsure", "non-sensitive"], true)],
    ...sizes.map((size, at): [string, Fact] => [
      `f${at}`,
      fact(Array.from({ length: size }, (_, answer) => `a${answer}`)),
    ]),
  ]);

export const rule = (id: string, when: Rule["when"], verdict: Verdict, obligations: string[] = []): Rule => ({
  id,
  when,
  verdict,
  because: [CLAUSE],
  obligations,
  instead: [],
  contacts: [],
});

/**
 * Sound tables: one rule a situation of the other facts and a level of content, `sensitive` and `unsure` together, the
 * verdict never laxer where content is more sensitive, in any order, some rules merged into a last one for the rest.
 */
export const soundTable: fc.Arbitrary<DecisionTable> = factsArbitrary.chain((facts) => {
  const others = facts.slice(1);
  const situations = others.reduce((product, [, { answers }]) => product * Object.keys(answers).length, 1);
  const level = fc.integer({ min: 0, max: VERDICTS.length - 2 });
  const cell = fc.tuple(level, level, fc.subarray(["o1", "o2"]));
  return fc.tuple(fc.array(cell, { minLength: situations, maxLength: situations }), fc.nat()).map(([cells, seed]) => {
    const frame = buildTable(others, [], []);
    const rules = cells.flatMap(([a, b, obligations], at): Rule[] => {
      const when = Object.fromEntries(Object.entries(situationAt(frame, at)).map(([name, answer]) => [name, [answer]]));
      const [strict, lax] = [VERDICTS[Math.min(a, b)] ?? "never", VERDICTS[Math.max(a, b)] ?? "never"];
      return [
        rule(`r${at}-s`, { ...when, content: ["sensitive", "unsure"] }, strict, obligations),
        rule(`r${at}-n`, { ...when, content: ["non-sensitive"] }, lax, obligations),
      ];
    });
    const turned = seed % rules.length;
    return buildTable(facts, [...rules.slice(turned), ...rules.slice(0, turned)], []);
  });
});

/** The same facts with other rules. */
export function withRules(table: DecisionTable, rules: readonly Rule[]): DecisionTable {
  return buildTable(
    table.facts.map(({ name, fact }) => [name, fact]),
    rules,
    [...table.obligations.values()],
  );
}

/** The verdict worked out the plain way, rule by rule: what the table's own workings are compared with. */
export function plainRule(table: DecisionTable, situation: Answers): Rule | undefined {
  return table.rules.find((candidate) =>
    Object.entries(candidate.when).every(([name, answers]) => answers.includes(situation[name] ?? "")),
  );
}

/** Tables of any kind, from one fact to five: some rules for some answers, the last for all the rest. */
export const anyTable: fc.Arbitrary<DecisionTable> = fc
  .array(fc.integer({ min: 2, max: 4 }), { minLength: 1, maxLength: 5 })
  .map((sizes) =>
    sizes.map((size, at): [string, Fact] => [`f${at}`, fact(Array.from({ length: size }, (_, one) => `a${one}`))]),
  )
  .chain((facts) => {
    const when = fc
      .tuple(
        ...facts.map(([name, { answers }]) => fc.subarray(Object.keys(answers)).map((held) => [name, held] as const)),
      )
      .map((held): Rule["when"] => Object.fromEntries(held.filter(([, answers]) => answers.length > 0)));
    const row = fc.tuple(when, fc.constantFrom(...VERDICTS), fc.subarray(["o1", "o2"]));
    return fc
      .array(row, { minLength: 1, maxLength: 9 })
      .map((rows) =>
        buildTable(
          facts,
          [
            ...rows.map(([held, verdict, obliged], at) => rule(`r${at}`, held, verdict, obliged)),
            rule("rest", {}, "never"),
          ],
          [],
        ),
      );
  });
