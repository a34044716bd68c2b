import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainRule, rule, soundTable } from "#domain/testing/generated-table.ts";
import { compareOver, opinionOf, opinionAgreementsOf, unionAxes, type Comparison, type Voice } from "./comparison.ts";
import { buildTable, situationAt, type DecisionTable } from "./decision-table.ts";
import type { Fact } from "./fact.ts";
import type { Answers } from "./rule-file.ts";

const fact = (...answers: string[]): Fact => ({
  ask: "?",
  short: "?",
  help: null,
  ordered: false,
  answers: Object.fromEntries(answers.map((answer) => [answer, { label: answer, hint: null, when: null, as: null }])),
});

/** Sound tables in which some rules have the verdict `not-covered`. */
const gappyTable = fc.tuple(soundTable, fc.integer({ min: 2, max: 5 })).map(([table, every]) =>
  buildTable(
    table.facts.map(({ name, fact: own }) => [name, own]),
    table.rules.map((one, at) => (at % every === 0 ? { ...one, verdict: "not-covered" as const } : one)),
    [],
  ),
);
const tables = fc.array(fc.oneof(soundTable, gappyTable), { minLength: 2, maxLength: 3 });

/** Each run looks at hundreds of situations. */
const RUNS = { numRuns: 40 };

/** Every situation over all answers of the tables, generated without their numbering. */
function situationsOf(compared: readonly DecisionTable[]): Answers[] {
  return unionAxes(compared).reduce<Answers[]>(
    (all, { name, answers }) => all.flatMap((one) => answers.map((answer) => ({ ...one, [name]: answer }))),
    [{}],
  );
}

/** What a table says, found by going through its rules. */
function plainVoice(table: DecisionTable, situation: Answers): Voice {
  if (table.facts.some(({ name, answers }) => !answers.includes(situation[name] ?? ""))) return null;
  const verdict = plainRule(table, situation)?.verdict;
  return verdict === undefined || verdict === "not-covered" ? null : verdict;
}

const compared = (given: readonly DecisionTable[]): Comparison => {
  const comparison = compareOver(given);
  if (!comparison) throw new Error("Too many situations.");
  return comparison;
};
const holds = (when: Readonly<Record<string, readonly string[]>>, situation: Answers) =>
  Object.entries(when).every(([name, answers]) => answers.includes(situation[name] ?? ""));
const isDifferent = (voices: readonly Voice[]) => new Set(voices.filter((voice) => voice !== null)).size > 1;

describe("compareOver", () => {
  it("puts every situation in which two tables differ into exactly one line, with what each says, and no others", () => {
    fc.assert(
      fc.property(tables, (given) => {
        const { disagreements } = compared(given);
        for (const situation of situationsOf(given)) {
          const voices = given.map((table) => plainVoice(table, situation));
          const lines = disagreements.filter(({ when }) => holds(when, situation));
          expect(lines.map((line) => line.voices)).toEqual(isDifferent(voices) ? [voices] : []);
        }
      }),
      RUNS,
    );
  });

  it("counts every situation once, and the lines add up", () => {
    fc.assert(
      fc.property(tables, (given) => {
        const { situations, agree, differ, alone, silent, disagreements } = compared(given);
        const all = situationsOf(given).map((situation) => given.map((table) => plainVoice(table, situation)));
        const speaking = (voices: readonly Voice[]) => voices.filter((voice) => voice !== null).length;
        expect({ situations, differ, alone, silent }).toEqual({
          situations: all.length,
          differ: all.filter(isDifferent).length,
          alone: all.filter((voices) => speaking(voices) === 1).length,
          silent: all.filter((voices) => speaking(voices) === 0).length,
        });
        expect(agree + differ + alone + silent).toBe(situations);
        expect(disagreements.reduce((sum, line) => sum + line.situations, 0)).toBe(differ);
      }),
      RUNS,
    );
  });

  it("shows a whole situation for each line, in which each table says what the line says", () => {
    fc.assert(
      fc.property(tables, (given) => {
        for (const { example, voices } of compared(given).disagreements) {
          expect(Object.keys(example)).toEqual(unionAxes(given).map(({ name }) => name));
          expect(given.map((table) => plainVoice(table, example))).toEqual(voices);
          expect(
            given.map((table) => opinionOf(table, example)).map((one) => (one.kind === "speaks" ? one.verdict : null)),
          ).toEqual(voices);
        }
      }),
      RUNS,
    );
  });

  it("gives the same result whatever the order of the tables", () => {
    fc.assert(
      fc.property(tables, (given) => {
        const [{ disagreements: lines, ...counts }, { disagreements: turned, ...others }] = [
          compared(given),
          compared([...given].reverse()),
        ];
        expect(others).toEqual(counts);
        for (const situation of situationsOf(given)) {
          const [line, other] = [lines, turned].map((some) => some.find(({ when }) => holds(when, situation)));
          expect([...(other?.voices ?? [])].reverse()).toEqual(line?.voices ?? []);
          expect(other?.distance).toBe(line?.distance);
        }
      }),
      RUNS,
    );
  });

  it("puts the furthest apart first, then the most situations; silence does not count as distance", () => {
    const who = fact("a", "b", "c", "d");
    const [one, two] = [
      buildTable([["who", who]], [rule("a", { who: ["a"] }, "never"), rule("rest", {}, "with-care")], []),
      buildTable(
        [["who", who]],
        [rule("a", { who: ["a"] }, "not-covered"), rule("b", { who: ["b"] }, "never"), rule("rest", {}, "allowed")],
        [],
      ),
    ];
    expect(compared([one, two]).disagreements).toEqual([
      { voices: ["with-care", "never"], distance: 4, when: { who: ["b"] }, situations: 1, example: { who: "b" } },
      {
        voices: ["with-care", "allowed"],
        distance: 1,
        when: { who: ["c", "d"] },
        situations: 2,
        example: { who: "c" },
      },
    ]);
    expect(compared([one, two])).toMatchObject({ alone: 1, agree: 0, silent: 0 });
    fc.assert(
      fc.property(tables, (given) => {
        const order = compared(given).disagreements.map(({ distance, situations }) => distance * 1e6 + situations);
        expect(order).toEqual([...order].sort((a, b) => b - a));
      }),
      RUNS,
    );
  });

  it("includes all answers that any table knows; a table that does not know one is silent", () => {
    const small = buildTable([["who", fact("a", "b")]], [rule("all", {}, "never")], []);
    const large = buildTable(
      [["what", fact("x", "y")], ["who", fact("b", "z")]], // prettier-ignore
      [rule("all", {}, "allowed")],
      [],
    );
    expect(unionAxes([small, large]).map(({ name, answers }) => [name, answers])).toEqual([
      ["who", ["a", "b", "z"]],
      ["what", ["x", "y"]],
    ]);
    expect(compared([small, large])).toMatchObject({ situations: 6, agree: 0, differ: 2, alone: 4, silent: 0 });
  });

  it("compares whatever can be kept apart, and does not start if a fact has too many answers", () => {
    const many = (name: string, count: number) =>
      buildTable([[name, fact(...Array.from({ length: count }, (_, at) => `a${at}`))]], [rule("all", {}, "never")], []);
    expect(compareOver([many("a", 31), many("b", 31), many("c", 31), many("d", 7)])).toMatchObject({ agree: 208_537 });
    expect(compareOver([many("a", 32), many("b", 2)])).toBeNull();
    expect(compareOver([many("a", 31), many("b", 31)])).toMatchObject({ situations: 961, agree: 961 });
  });
});

describe("opinionOf", () => {
  const table = buildTable(
    [["who", fact("a", "b", "c")], ["how", fact("x", "y")]], // prettier-ignore
    [
      rule("a", { who: ["a"] }, "never"),
      rule("b", { who: ["b"], how: ["x"] }, "allowed"),
      rule("rest", {}, "not-covered"),
    ],
    [],
  );

  it("speaks, is silent, or needs more answers; a fact it does not use makes no difference", () => {
    expect(opinionOf(table, { who: "a", colour: "red" })).toMatchObject({ kind: "speaks", verdict: "never" });
    expect(opinionOf(table, { who: "c" })).toMatchObject({ kind: "silent", rule: { id: "rest" }, unknown: [] });
    expect(opinionOf(table, { who: "b" })).toEqual({ kind: "open", needs: ["how"] });
    expect(opinionOf(table, {})).toEqual({ kind: "open", needs: ["who", "how"] });
    expect(opinionOf(table, { who: "z" })).toEqual({ kind: "silent", rule: null, unknown: ["who"] });
  });

  it("says the same as the table for every whole situation", () => {
    fc.assert(
      fc.property(gappyTable, fc.nat(), (given, seed) => {
        const situation = situationAt(given, seed % given.situations);
        const opinion = opinionOf(given, situation);
        expect(opinion.kind === "speaks" ? opinion.verdict : null).toBe(plainVoice(given, situation));
        expect(opinion.kind === "open" ? null : opinion.rule).toBe(plainRule(given, situation));
      }),
    );
  });
});

describe("standingsOf", () => {
  const speaks = (verdict: Exclude<Voice, null>) => ({
    kind: "speaks" as const,
    verdict,
    rule: rule("r", {}, verdict),
  });
  const silent = { kind: "silent" as const, rule: null, unknown: [] };
  const open = { kind: "open" as const, needs: ["who"] };

  it("compares with the reader's own", () => {
    const opinions = [speaks("never"), speaks("never"), speaks("allowed"), silent, open];
    expect(opinionAgreementsOf(opinions, 2)).toEqual(["differs", "differs", "measure", "silent", "open"]);
  });

  it("says nothing if the reader's own says nothing", () => {
    expect(opinionAgreementsOf([silent, speaks("never"), speaks("never")], 0)).toEqual(["silent", null, null]);
    expect(opinionAgreementsOf([open, speaks("never"), speaks("never")], 0)).toEqual(["open", null, null]);
  });

  it("compares with the most common verdict if none is the reader's own, and with nothing if there is none", () => {
    const opinions = [speaks("never"), speaks("allowed"), speaks("never"), silent];
    expect(opinionAgreementsOf(opinions, -1)).toEqual(["agrees", "differs", "agrees", "silent"]);
    expect(opinionAgreementsOf([...opinions, speaks("allowed")], -1)).toEqual([null, null, null, "silent", null]);
    expect(opinionAgreementsOf([speaks("never"), silent], -1)).toEqual([null, "silent"]);
  });
});
