import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainRule, rule, soundTable } from "#domain/testing/generated-table.ts";
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
      { fact: "what", answer: "file", change: "added" },
      { fact: "device", answer: null, change: "added" },
    ]);
  });

  it("is material if only an answer is new, but not if the new question has no effect", () => {
    const withFile = buildTable([WHO, ["what", fact("text", "photo", "call", "file")]], base.rules, [NOTE]);
    const withDevice = buildTable([WHO, WHAT, ["device", fact("work", "own")]], base.rules, [NOTE]);
    expect(isOutcomeChanged(compareTables(base, withFile))).toBe(true);
    expect(isOutcomeChanged(compareTables(base, withDevice))).toBe(false);
  });
});

function sameFacts(a: DecisionTable, b: DecisionTable): boolean {
  return (
    JSON.stringify(a.facts.map(({ name, answers }) => [name, answers])) ===
    JSON.stringify(b.facts.map(({ name, answers }) => [name, answers]))
  );
}
