import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyTable, plainRule, rule, soundTable } from "#domain/testing/generated-table.ts";
import { buildTable, situationAt, type DecisionTable } from "./decision-table.ts";
import { compareTables, isOutcomeChanged } from "./difference.ts";
import type { Fact } from "./fact.ts";
import type { Answers } from "./rule-file.ts";
import type { Group } from "./situation-group.ts";

const fact = (...answers: string[]): Fact => ({
  ask: "?",
  short: "?",
  help: null,
  ordered: false,
  answers: Object.fromEntries(answers.map((answer) => [answer, { label: answer, hint: null, when: null, as: null }])),
});
const WHO: [string, Fact] = ["who", fact("colleague", "resident")];
const WHAT: [string, Fact] = ["what", fact("text", "photo", "call")];
const NOTE = { id: "note", text: "Write it down.", because: ["1"] };
const TELL = { id: "tell", text: "Tell your manager.", because: ["1"] };

const holds = ({ when }: Group, situation: Answers) =>
  Object.entries(when).every(([name, answers]) => answers.includes(situation[name] ?? ""));

describe("compareTables", () => {
  const base = buildTable(
    [WHO, WHAT],
    [rule("photo", { what: ["photo"] }, "with-care", ["note"]), rule("rest", {}, "allowed")],
    [NOTE, TELL],
  );

  it("finds no difference between a table and itself, or one whose rules only differ in order or wording", () => {
    fc.assert(fc.property(soundTable, (table) => !isOutcomeChanged(compareTables(table, table))));
    const other = buildTable(
      [WHAT, WHO],
      [
        { ...rule("all-else", { what: ["text", "call"] }, "allowed"), says: "Go on.", reading: "Ours." },
        rule("pictures", {}, "with-care", ["noting"]),
      ],
      [{ ...NOTE, id: "noting" }],
    );
    expect(isOutcomeChanged(compareTables(base, other))).toBe(false);
  });

  it("lists exactly the situations whose verdict differs, each once", () => {
    const pairs = fc.tuple(soundTable, soundTable).filter(([a, b]) => sameFacts(a, b));
    const turned = soundTable.map((table): [DecisionTable, DecisionTable] => {
      const rules = table.rules.map((one, at) => (at % 3 === 0 ? { ...one, verdict: "never" as const } : one));
      return [
        table,
        buildTable(
          table.facts.map(({ name, fact: own }) => [name, own]),
          rules,
          [],
        ),
      ];
    });
    fc.assert(
      fc.property(fc.oneof(pairs, turned), ([before, after]) => {
        const { verdicts, changed, situations } = compareTables(before, after);
        expect(situations).toBe(before.situations);
        let differing = 0;
        for (let at = 0; at < before.situations; at++) {
          const situation = situationAt(before, at);
          const [from, to] = [plainRule(before, situation)?.verdict, plainRule(after, situation)?.verdict];
          const lines = verdicts.flatMap((change) =>
            change.groups.filter((group) => holds(group, situation)).map(() => change),
          );
          expect(lines.map((line) => [line.from, line.to])).toEqual(from === to ? [] : [[from, to]]);
          if (from !== to) differing++;
        }
        expect(changed).toBe(differing);
      }),
    );
  });

  it("says which duties come and go, and where", () => {
    const after = buildTable(
      [WHO, WHAT],
      [rule("photo", { what: ["photo"] }, "with-care", ["tell"]), rule("rest", {}, "allowed", ["tell"])],
      [TELL],
    );
    expect(compareTables(base, after).obligations).toEqual([
      { text: TELL.text, change: "added", situations: 6, groups: [{ label: 0, when: {}, situations: 6 }] },
      {
        text: NOTE.text,
        change: "removed",
        situations: 2,
        groups: [{ label: 0, when: { what: ["photo"] }, situations: 2 }],
      },
    ]);
  });

  it("compares no obligations of what is never allowed", () => {
    const after = buildTable(
      [WHO, WHAT],
      [rule("photo", { what: ["photo"] }, "never"), rule("rest", {}, "allowed")],
      [],
    );
    const { obligations, verdicts } = compareTables(base, after);
    expect(obligations).toEqual([]);
    expect(verdicts).toMatchObject([{ from: "with-care", to: "never", situations: 2 }]);
  });

  it("distinguishes a reworded duty from one added and one removed", () => {
    const after = buildTable([WHO, WHAT], base.rules, [{ ...NOTE, text: "Write it down today." }, TELL]);
    const difference = compareTables(base, after);
    expect(difference).toMatchObject({
      obligations: [],
      reworded: [{ before: NOTE.text, after: "Write it down today." }],
    });
    expect(isOutcomeChanged(difference)).toBe(true);
  });

  it("compares what both know if a question or an answer is new, and lists the new ones", () => {
    const device: [string, Fact] = ["device", fact("work", "own")];
    const after = buildTable(
      [WHO, ["what", fact("text", "photo", "call", "file")], device],
      [rule("own", { device: ["own"], what: ["photo"] }, "never"), ...base.rules],
      [NOTE, TELL],
    );
    const difference = compareTables(base, after);
    expect(difference.situations).toBe(12);
    expect(difference.verdicts).toMatchObject([
      { from: "with-care", to: "never", situations: 2, groups: [{ when: { what: ["photo"], device: ["own"] } }] },
    ]);
    expect(difference.questions).toEqual([
      { fact: "what", answer: "file", change: "added", verdicts: ["allowed"] },
      { fact: "device", answer: null, change: "added", verdicts: [] },
    ]);
    expect(difference).toMatchObject({
      gone: [],
      fresh: [{ verdict: "allowed", situations: 4, groups: [{ when: { what: ["file"] } }] }],
    });
  });

  it("is material if only an answer is new, but not if the new question has no effect", () => {
    const withFile = buildTable([WHO, ["what", fact("text", "photo", "call", "file")]], base.rules, [NOTE]);
    const withDevice = buildTable([WHO, WHAT, ["device", fact("work", "own")]], base.rules, [NOTE]);
    expect(isOutcomeChanged(compareTables(base, withFile))).toBe(true);
    expect(isOutcomeChanged(compareTables(base, withDevice))).toBe(false);
  });
});

describe("when answers and facts come and go", () => {
  /** Another table, with a fact or answers under other names: nobody can say which of the old ones they are. */
  const renamed = fc
    .tuple(anyTable, fc.nat(), fc.subarray(["a0", "a1", "a2", "a3"]), fc.nat({ max: 2 }))
    .map(([table, pick, answers, how]) => {
      const { name: chosen = "" } = table.facts[pick % table.facts.length] ?? {};
      const nameOf = (name: string) => (how === 1 && name === chosen ? "renamed" : name);
      const answerOf = (name: string, answer: string) =>
        how === 2 && name === chosen && answers.includes(answer) ? `new-${answer}` : answer;
      const facts = table.facts.map(({ name, fact: own }): [string, Fact] => [
        nameOf(name),
        {
          ...own,
          answers: Object.fromEntries(Object.entries(own.answers).map(([one, words]) => [answerOf(name, one), words])),
        },
      ]);
      const rules = table.rules.map((one) => ({
        ...one,
        when: Object.fromEntries(
          Object.entries(one.when).map(([name, held]) => [nameOf(name), held.map((answer) => answerOf(name, answer))]),
        ),
      }));
      return buildTable(facts, rules, []);
    });
  const situationsOf = (table: DecisionTable) =>
    Array.from({ length: table.situations }, (_, at) => situationAt(table, at));
  const knows = (table: DecisionTable, situation: Answers) =>
    table.facts.every(({ name, answers }) => situation[name] === undefined || answers.includes(situation[name]));
  /** What a table says with every way to answer the questions that only it asks. */
  const saidTo = (table: DecisionTable, situation: Answers) =>
    situationsOf(table)
      .filter((whole) =>
        table.facts.every(({ name }) => situation[name] === undefined || situation[name] === whole[name]),
      )
      .map((whole) => plainRule(table, whole)?.verdict);

  it("is unchanged only if every old situation has the same answer; the others are named once, with old and new", () => {
    let [unchanged, changed] = [0, 0];
    fc.assert(
      fc.property(
        fc.oneof(
          fc.tuple(anyTable, renamed),
          renamed.map((one) => [one, one] as const),
        ),
        ([before, after]) => {
          const difference = compareTables(before, after);
          const { verdicts, gone, fresh, situations } = difference;
          const namedIn = <Of extends { groups: readonly Group[] }>(parts: readonly Of[], situation: Answers) =>
            parts.filter(({ groups }) => groups.some((group) => holds(group, situation)));
          let isSame = true;
          for (const situation of situationsOf(before)) {
            const was = plainRule(before, situation)?.verdict;
            const isKnown = knows(after, situation);
            expect(namedIn(gone, situation).map(({ verdict }) => verdict)).toEqual(isKnown ? [] : [was]);
            const now = isKnown ? saidTo(after, situation) : [];
            isSame &&= isKnown && now.every((verdict) => verdict === was);
            for (const verdict of now)
              if (verdict !== was) expect(verdicts.some(({ from, to }) => from === was && to === verdict)).toBe(true);
          }
          for (const situation of situationsOf(after))
            expect(namedIn(fresh, situation).map(({ verdict }) => verdict)).toEqual(
              knows(before, situation) ? [] : [plainRule(after, situation)?.verdict],
            );
          expect(verdicts.length + gone.length === 0).toBe(isSame);
          if (isSame) unchanged++;
          else changed++;
          const count = (parts: readonly { situations: number }[]) =>
            parts.reduce((sum, one) => sum + one.situations, 0);
          expect(count(gone)).toBe(situationsOf(before).filter((one) => !knows(after, one)).length);
          expect(count(verdicts)).toBeLessThanOrEqual(situations);
        },
      ),
    );
    expect(Math.min(unchanged, changed)).toBeGreaterThan(0);
  });

  const only = (...answers: string[]) =>
    buildTable(
      [WHO, ["what", fact(...answers)]],
      [rule("call", { what: ["call"] }, "never"), rule("rest", {}, "allowed")],
      [],
    );

  it("names what was allowed and can no longer be said", () => {
    expect(compareTables(only("text", "photo", "call"), only("text", "call"))).toMatchObject({
      changed: 0,
      situations: 4,
      gone: [{ verdict: "allowed", situations: 2, groups: [{ when: { what: ["photo"] } }] }],
      fresh: [],
      questions: [{ fact: "what", answer: "photo", change: "removed", verdicts: ["allowed"] }],
    });
  });

  it("compares nothing where a question kept none of its answers", () => {
    const difference = compareTables(only("text", "call"), only("words", "sound"));
    expect(difference).toMatchObject({ situations: 0, changed: 0, verdicts: [] });
    expect(difference.gone.map(({ verdict, situations }) => [verdict, situations])).toEqual([
      ["never", 2],
      ["allowed", 2],
    ]);
    expect(difference.fresh.map(({ verdict, situations }) => [verdict, situations])).toEqual([["allowed", 4]]);
    expect(isOutcomeChanged(difference)).toBe(true);
  });

  it("has no answer left once there is no policy, and only new ones where there was none", () => {
    const table = only("text", "call");
    const all = [
      { verdict: "never", situations: 2 },
      { verdict: "allowed", situations: 2 },
    ];
    expect(compareTables(table, null)).toMatchObject({ situations: 0, gone: all, fresh: [] });
    expect(compareTables(null, table)).toMatchObject({ situations: 0, gone: [], fresh: all });
  });
});

function sameFacts(a: DecisionTable, b: DecisionTable): boolean {
  return (
    JSON.stringify(a.facts.map(({ name, answers }) => [name, answers])) ===
    JSON.stringify(b.facts.map(({ name, answers }) => [name, answers]))
  );
}
