import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyTable, plainRule, rule } from "#domain/testing/generated-table.ts";
import { unionAxes } from "./comparison.ts";
import { buildTable, type DecisionTable } from "./decision-table.ts";
import type { Fact } from "./fact.ts";
import type { Answers, Rule } from "./rule-file.ts";
import { dutyKeys, proveStrictness, outcomeStandingOf, type SituationRelation } from "./strictness.ts";
import { VERDICTS } from "./verdict.ts";

const fact = (...answers: string[]): Fact => ({
  ask: "?",
  short: "?",
  help: null,
  ordered: false,
  answers: Object.fromEntries(answers.map((answer) => [answer, { label: answer, hint: null, when: null, as: null }])),
});
const duty = (id: string, text = id) => ({ id, text, because: ["1"] });

/** Small tables whose facts have the same answers wherever they are asked; any of three facts may be missing. */
const FACTS: [string, Fact][] = [
  ["who", fact("colleague", "child", "public")],
  ["what", fact("photo", "text")],
  ["where", fact("work", "own")],
];
const smallTable = (verdicts: readonly Rule["verdict"][] = VERDICTS): fc.Arbitrary<DecisionTable> =>
  fc.subarray(FACTS, { minLength: 1 }).chain((facts) => {
    const held = fc.tuple(...facts.map(([, { answers }]) => fc.subarray(Object.keys(answers), { minLength: 1 })));
    const row = fc.tuple(held, fc.constantFrom(...verdicts), fc.subarray(["a", "b"]));
    return fc
      .tuple(fc.array(row, { maxLength: 5 }), row)
      .map(([rows, [, verdict, duties]]) =>
        buildTable(
          facts,
          [
            ...rows.map(([some, said, obliged], at) =>
              rule(`r${at}`, Object.fromEntries(facts.map(([name], axis) => [name, some[axis] ?? []])), said, obliged),
            ),
            rule("rest", {}, verdict, duties),
          ],
          [duty("a"), duty("b")],
        ),
      );
  });
const proof = (reference: DecisionTable, candidate: DecisionTable, isOnePolicy = true) => {
  const found = proveStrictness(reference, candidate, isOnePolicy);
  if (!found) throw new Error("Too much to compare.");
  return found;
};

/** Every situation over the answers of both, generated without their numbering. */
const situationsOf = (tables: readonly DecisionTable[]) =>
  unionAxes(tables).reduce<Answers[]>(
    (all, { name, answers }) => all.flatMap((one) => answers.map((answer) => ({ ...one, [name]: answer }))),
    [{}],
  );

/** What a table says, found by going through its rules. */
function plainSaid(table: DecisionTable, situation: Answers) {
  if (table.facts.some(({ name, answers }) => !answers.includes(situation[name] ?? ""))) return null;
  const found = plainRule(table, situation);
  if (!found || found.verdict === "not-covered") return null;
  return { verdict: found.verdict, duties: new Set(found.verdict === "never" ? [] : found.obligations) };
}

function plainRelation(reference: DecisionTable, candidate: DecisionTable, situation: Answers): SituationRelation {
  const [was, is] = [plainSaid(reference, situation), plainSaid(candidate, situation)];
  if (!was || !is) return was ? "silent" : is ? "fresh" : "neither";
  const steps = VERDICTS.indexOf(is.verdict) - VERDICTS.indexOf(was.verdict);
  if (steps !== 0) return steps > 0 ? "laxer" : "stricter";
  const lost = [...was.duties].some((one) => !is.duties.has(one));
  const won = [...is.duties].some((one) => !was.duties.has(one));
  return lost ? (won ? "different" : "laxer") : won ? "stricter" : "equal";
}

/** Every choice of answers, with facts left open, those with the fewest first, then in the order of the questions. */
function partialAnswers(tables: readonly DecisionTable[]): Answers[] {
  const axes = unionAxes(tables);
  const all = axes.reduce<(string | null)[][]>(
    (some, { answers }) => some.flatMap((one) => [...answers, null].map((answer) => [...one, answer])),
    [[]],
  );
  const given = (one: readonly (string | null)[]) => one.filter((answer) => answer !== null).length;
  return all
    .sort((a, b) => given(a) - given(b)) // stable: within one size, in the order of the questions
    .map((one) =>
      Object.fromEntries(
        axes.flatMap(({ name }, at) => (typeof one[at] === "string" ? [[name, one[at]] as const] : [])),
      ),
    );
}

const matches = (some: Answers, situation: Answers) =>
  Object.entries(some).every(([name, answer]) => situation[name] === answer);
const FAILS: readonly SituationRelation[] = ["laxer", "different"];
const RUNS = { numRuns: 100 };

describe("proveStrictness", () => {
  it("counts every situation as a plain walk does, and groups those apart", () => {
    const pair = fc.oneof(fc.tuple(smallTable(), smallTable()), fc.tuple(anyTable, anyTable));
    fc.assert(
      fc.property(pair, (tables) => {
        const { counts, situations, strictness, apart, counterexample } = proof(...tables);
        const relations = situationsOf(tables).map((situation) => plainRelation(...tables, situation));
        const count = (relation: SituationRelation) => relations.filter((one) => one === relation).length;
        expect(situations).toBe(relations.length);
        for (const relation of Object.keys(counts) as SituationRelation[])
          expect(counts[relation]).toBe(count(relation));
        const fails = relations.some((one) => FAILS.includes(one));
        expect(strictness).toBe(fails ? "refuted" : relations.includes("silent") ? "where-both-speak" : "proven");
        expect(counterexample !== null).toBe(fails);
        for (const kind of ["silent", "fresh", "neither"] as const)
          expect(apart[kind].reduce((sum, group) => sum + group.situations, 0)).toBe(count(kind));
      }),
      RUNS,
    );
  });

  it("shows the counterexample with the fewest answers, the first in the order of the questions", () => {
    const outcome = (table: DecisionTable, situation: Answers) => {
      const said = plainSaid(table, situation);
      return said && `${said.verdict} ${[...said.duties].sort().join()}`;
    };
    fc.assert(
      fc.property(smallTable(), smallTable(), (reference, candidate) => {
        const tables = [reference, candidate];
        const all = situationsOf(tables);
        const smallest = partialAnswers(tables).find((some) => {
          const held = all.filter((situation) => matches(some, situation));
          const isSettled = tables.every((table) => new Set(held.map((one) => outcome(table, one))).size === 1);
          return isSettled && held.every((one) => FAILS.includes(plainRelation(reference, candidate, one)));
        });
        const { counterexample } = proof(reference, candidate);
        expect(counterexample?.answers).toEqual(smallest);
        if (!counterexample || !smallest) return;
        const example = all.find((situation) => matches(smallest, situation)) ?? {};
        expect(counterexample.relation).toBe(plainRelation(reference, candidate, example));
        expect(counterexample.reference.verdict).toBe(plainSaid(reference, example)?.verdict);
        expect(counterexample.candidate.verdict).toBe(plainSaid(candidate, example)?.verdict);
      }),
      RUNS,
    );
  });

  it("is reflexive and transitive, and mutual only for tables that say the same", () => {
    const few = smallTable(["never", "with-care", "not-covered"]);
    const isProven = (reference: DecisionTable, candidate: DecisionTable) =>
      proof(reference, candidate).strictness === "proven";
    fc.assert(fc.property(few, (table) => isProven(table, table)));
    let chains = 0;
    let mutual = 0;
    fc.assert(
      fc.property(few, few, few, (a, b, c) => {
        if (isProven(a, b) && isProven(b, c)) {
          chains++;
          expect(isProven(a, c)).toBe(true);
        }
        const { counts, situations } = proof(a, b);
        const isMutual = isProven(a, b) && isProven(b, a);
        if (isMutual) mutual++;
        expect(isMutual).toBe(counts.equal + counts.neither === situations);
      }),
      { numRuns: 400 },
    );
    expect([chains, mutual].every((count) => count > 5)).toBe(true);
  });

  it("counts every value of a fact that only one table has, and states it", () => {
    const [who, , where] = FACTS as [(typeof FACTS)[0], (typeof FACTS)[0], (typeof FACTS)[0]];
    const strict = buildTable([who], [rule("all", {}, "discouraged")], []);
    const byPlace = buildTable([where], [rule("own", { where: ["own"] }, "allowed"), rule("work", {}, "never")], []);
    const found = proof(strict, byPlace);
    expect(found.unmatched).toEqual([
      { fact: "who", answer: null, of: "reference" },
      { fact: "where", answer: null, of: "candidate" },
    ]);
    expect(found.situations).toBe(6);
    expect(found.counts).toMatchObject({ laxer: 3, stricter: 3 });
    expect(found.counterexample?.answers).toEqual({ where: "own" });
  });

  it("lists answers that only one table knows apart, however strict they are", () => {
    const more = buildTable([["who", fact("colleague", "robot")]], [rule("all", {}, "never")], []);
    const less = buildTable([["who", fact("colleague")]], [rule("all", {}, "never")], []);
    expect(proof(more, less)).toMatchObject({
      strictness: "where-both-speak",
      unmatched: [{ fact: "who", answer: "robot", of: "reference" }],
      apart: { silent: [{ when: { who: ["robot"] } }] },
    });
    expect(proof(less, more).strictness).toBe("proven");
  });

  it("finds the answer among a million situations", () => {
    const many = Array.from({ length: 20 }, (_, at): [string, Fact] => [`f${at}`, fact("yes", "no")]);
    const strict = buildTable(many, [rule("rest", {}, "never")], []);
    const lax = buildTable(
      many,
      [rule("odd", { f7: ["no"], f13: ["yes"], f19: ["no"] }, "allowed"), rule("rest", {}, "never")],
      [],
    );
    expect(proof(strict, lax)).toMatchObject({
      situations: 2 ** 20,
      counts: { laxer: 2 ** 17 },
      counterexample: { answers: { f7: "no", f13: "yes", f19: "no" } },
    });
  });
});

describe("duties", () => {
  const said = (verdict: Rule["verdict"], ...duties: string[]) => ({ verdict, duties: new Set(duties) });

  it("make the same verdict stricter only if there are all of the other's and more", () => {
    expect(outcomeStandingOf(said("with-care", "a", "b"), said("with-care", "a"))).toBe("stricter");
    expect(outcomeStandingOf(said("with-care", "a"), said("with-care", "a", "b"))).toBe("laxer");
    expect(outcomeStandingOf(said("with-care", "a", "b"), said("with-care", "c"))).toBe("different");
    expect(outcomeStandingOf(said("discouraged"), said("with-care", "a"))).toBe("stricter");
  });

  it("are the same by their words; in versions of one policy by their name, too", () => {
    const [first, second] = [
      { obligations: new Map([["note", duty("note", "Write it down.")]]) },
      {
        obligations: new Map(
          [duty("note", "Write it all down."), duty("keep", "Write it down.")].map((one) => [one.id, one]),
        ),
      },
    ];
    const reworded = { obligations: new Map([["note", duty("note", "Write it all down.")]]) };
    const keys = (isOnePolicy: boolean, ...tables: Pick<DecisionTable, "obligations">[]) =>
      dutyKeys(tables, isOnePolicy).map((one) => Object.fromEntries(one));
    expect(keys(true, first, reworded)).toEqual([{ note: "Write it down." }, { note: "Write it down." }]);
    expect(keys(false, first, reworded)[1]).toEqual({ note: "Write it all down." });
    // The words have moved to another name.
    expect(keys(true, first, second)[1]).toEqual({ note: "Write it all down.", keep: "Write it down." });
  });
});
