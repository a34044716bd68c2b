import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { enumerate } from "#domain/testing/enumerated-table.ts";
import { CLAUSE, plainRule, rule, soundTable, withRules } from "#domain/testing/generated-table.ts";
import { provePlainly } from "#domain/testing/plain-proof.ts";
import { buildTable, situationAt } from "./decision-table.ts";
import type { Fact } from "./fact.ts";
import type { FaultKind } from "./rule-file.ts";
import { prove } from "./prove.ts";
import { isLaxer, VERDICTS, type Verdict } from "./verdict.ts";

const clauses = new Set([CLAUSE]);
const proof = (table: Parameters<typeof prove>[0], examples: Parameters<typeof prove>[2] = []) =>
  prove(table, clauses, examples, "rules.yaml");
const kinds = (faults: readonly { kind: FaultKind }[]) => [...new Set(faults.map(({ kind }) => kind))];

describe("prove", () => {
  it("finds nothing in sound tables", () => {
    fc.assert(
      fc.property(soundTable, (table) => {
        expect(proof(table)).toEqual({
          situations: table.situations,
          undecided: 0,
          unreachable: 0,
          uncited: 0,
          brokenCitations: 0,
          laxer: 0,
          wrongExamples: 0,
          faults: [],
        });
      }),
    );
  });

  it("finds a gap planted anywhere, and counts all of it", () => {
    fc.assert(
      fc.property(soundTable, fc.nat(), (table, seed) => {
        const at = seed % table.rules.length;
        const planted = withRules(
          table,
          table.rules.filter((_, index) => index !== at),
        );
        const { undecided, faults } = proof(planted);
        expect(undecided).toBe([...enumerate(table)].filter((winner) => winner === at).length);
        expect(kinds(faults)).toEqual(["undecided"]);
        for (const { situation } of faults) expect(plainRule(planted, situation ?? {})).toBeUndefined();
      }),
    );
  });

  it("finds a rule that can never fire, whatever its position", () => {
    fc.assert(
      fc.property(soundTable, fc.nat(), fc.nat(), (table, seed, place) => {
        const double = table.rules[seed % table.rules.length];
        if (!double) return;
        const after = (seed % table.rules.length) + 1 + (place % (table.rules.length - (seed % table.rules.length)));
        const planted = withRules(table, [
          ...table.rules.slice(0, after),
          { ...double, id: "planted" },
          ...table.rules.slice(after),
        ]);
        const { unreachable, faults } = proof(planted);
        expect(unreachable).toBe(1);
        expect(faults).toMatchObject([{ kind: "unreachable", rule: "planted" }]);
      }),
    );
  });

  it("finds a missing and a broken citation on any rule", () => {
    fc.assert(
      fc.property(soundTable, fc.nat(), fc.boolean(), (table, seed, isBroken) => {
        const at = seed % table.rules.length;
        const because = isBroken ? [CLAUSE, "9.9"] : [];
        const { uncited, brokenCitations, faults } = proof(
          withRules(
            table,
            table.rules.map((row, index) => (index === at ? { ...row, because } : row)),
          ),
        );
        expect([uncited, brokenCitations]).toEqual(isBroken ? [0, 1] : [1, 0]);
        expect(faults).toMatchObject([{ rule: table.rules[at]?.id, kind: isBroken ? "broken-citation" : "uncited" }]);
        expect(plainRule(table, faults[0]?.situation ?? {})?.id).toBe(table.rules[at]?.id);
      }),
    );
  });

  it("finds a laxer cell planted anywhere", () => {
    fc.assert(
      fc.property(soundTable, fc.nat(), fc.boolean(), (table, seed, isUnsure) => {
        const reference = table.rules.filter(({ id }) => id.endsWith("-n"))[seed % (table.rules.length / 2)];
        if (!reference) return;
        // "unsure" is compared with "sensitive", "sensitive" with "non-sensitive".
        const strictRule = table.rules.find(({ id }) => id === reference.id.replace(/-n$/, "-s"));
        const held = isUnsure ? strictRule : reference;
        const laxer = VERDICTS.filter(
          (verdict) => verdict === "not-covered" || (held && isLaxer(verdict, held.verdict)),
        );
        const verdict: Verdict = laxer[seed % laxer.length] ?? "not-covered";
        const planted = rule("planted", { ...reference.when, content: [isUnsure ? "unsure" : "sensitive"] }, verdict);
        const { laxer: count, faults } = proof(withRules(table, [planted, ...table.rules]));
        expect(count).toBeGreaterThanOrEqual(1);
        expect(faults.some(({ kind, rule: id }) => kind === "laxer" && id === "planted")).toBe(true);
        expect(faults.every(({ situation }) => situation !== null)).toBe(true);
      }),
    );
  });

  it("counts the same as a plain walk, whatever the rules are", () => {
    const anyTable = soundTable.chain((table) => {
      const someAnswers = ({ answers }: (typeof table.facts)[number]) =>
        fc.option(fc.subarray([...answers], { minLength: 1 }), { nil: null });
      const when = fc.tuple(
        ...table.facts.map((fact) => someAnswers(fact).map((answers) => [fact.name, answers] as const)),
      );
      const row = fc.tuple(when, fc.constantFrom(...VERDICTS), fc.subarray([CLAUSE, "9.9"]));
      return fc.array(row, { minLength: 1, maxLength: 12 }).map((rows) =>
        withRules(
          table,
          rows.map(([named, verdict, because], at) => ({
            ...rule(`r${at}`, Object.fromEntries(named.flatMap(([name, one]) => (one ? [[name, one]] : []))), verdict),
            because,
          })),
        ),
      );
    });
    fc.assert(
      fc.property(anyTable, (table) => {
        const { wrongExamples, faults, ...counts } = proof(table);
        expect(wrongExamples).toBe(0);
        expect(counts).toEqual(provePlainly(table, clauses));
        const found = Object.values({ ...counts, situations: 0 }).reduce((sum, count) => sum + count, 0);
        expect(faults.filter(({ kind }) => kind !== "wizard").length > 0).toBe(found > 0);
        expect(faults.some(({ kind }) => kind === "wizard")).toBe(false);
      }),
    );
  });

  it("rejects examples that are wrong or incomplete", () => {
    fc.assert(
      fc.property(soundTable, fc.nat(), fc.nat(), (table, seed, other) => {
        const facts = situationAt(table, seed % table.situations);
        const verdict = plainRule(table, facts)?.verdict ?? "never";
        const wrong =
          VERDICTS[(VERDICTS.indexOf(verdict) + 1 + (other % (VERDICTS.length - 1))) % VERDICTS.length] ?? "never";
        expect(proof(table, [{ name: "right", facts, verdict }]).faults).toEqual([]);
        expect(proof(table, [{ name: "wrong", facts, verdict: wrong }])).toMatchObject({
          wrongExamples: 1,
          faults: [{ kind: "wrong-example", situation: facts }],
        });
      }),
    );
  });

  it("finds a clause that is quoted for a situation it is not about, by a rule or by one of its duties", () => {
    const answers = (...names: string[]) =>
      Object.fromEntries(names.map((name) => [name, { label: name, hint: null, when: null, as: null }]));
    const of = (...names: string[]): Fact => ({
      ask: "?",
      short: "?",
      help: null,
      ordered: false,
      answers: answers(...names),
    });
    const table = (when: Parameters<typeof rule>[1]) =>
      buildTable(
        [
          ["audience", of("colleague", "child")],
          ["people", of("none", "consented")],
        ],
        [
          rule("child", { audience: ["child"] }, "never"),
          rule("photo", when, "allowed", ["forms"]),
          rule("rest", {}, "never"),
        ],
        [{ id: "forms", text: "Have the forms.", because: ["2"] }],
      );
    const about = {
      "1.1": { audience: ["colleague", "child"] },
      "2": { people: ["consented"], audience: ["colleague"] },
    };
    const found = (when: Parameters<typeof rule>[1], subjects = about) =>
      prove(table(when), new Set([CLAUSE, "2"]), [], "rules.yaml", subjects).faults.filter(
        ({ kind }) => kind === "wrong-subject",
      );
    // Children are left to the first rule.
    expect(found({ people: ["consented"] })).toEqual([]);
    expect(found({})).toMatchObject([
      {
        kind: "wrong-subject",
        file: "rules.yaml",
        rule: "photo",
        situation: { audience: "colleague", people: "none" },
      },
    ]);
    const [ofRule] = found({ people: ["consented"] }, { ...about, "1.1": { audience: ["colleague"] } });
    expect(ofRule).toMatchObject({ kind: "wrong-subject", rule: "child", situation: { audience: "child" } });
    const gone = prove(table({}), new Set([CLAUSE]), [], "rules.yaml", { "3": { people: ["none"] } }).faults;
    expect(gone.map(({ message }) => message)).toContain(
      "about.3: the text has no clause 3. Correct the number or take it out.",
    );
  });

  it("goes on proving after finding one kind of fault", () => {
    const answers = Object.fromEntries(
      ["sensitive", "non-sensitive"].map((name) => [name, { label: name, hint: null, when: null, as: null }]),
    );
    const content: Fact = { ask: "?", short: "?", help: null, ordered: true, answers };
    const chat: Fact = { ...content, ordered: false, answers: { a: answers.sensitive!, b: answers.sensitive! } };
    const table = buildTable(
      [
        ["content", content],
        ["chat", chat],
      ],
      [
        rule("lax", { content: ["sensitive"], chat: ["a"] }, "allowed"),
        { ...rule("bare", { content: ["non-sensitive"], chat: ["a"] }, "never"), because: [] },
        { ...rule("dead", { chat: ["a"] }, "never"), because: ["7"] },
      ],
      [],
    );
    const { faults, ...counts } = proof(table, [{ name: "open", facts: { chat: "a" }, verdict: "never" }]);
    expect(counts).toEqual({
      situations: 4,
      undecided: 2,
      unreachable: 1,
      uncited: 1,
      brokenCitations: 1,
      laxer: 1,
      wrongExamples: 1,
    });
    expect(kinds(faults).sort()).toEqual([
      "broken-citation",
      "laxer",
      "uncited",
      "undecided",
      "unreachable",
      "wrong-example",
    ]);
  });
});
