import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { situationAt } from "#domain/policy/decision/decision-table.ts";
import type { Answers, Rule } from "#domain/policy/decision/rule-file.ts";
import { isLaxer, isPermission } from "#domain/policy/decision/verdict.ts";
import { EXCEPTION_FACT, ownTable } from "#domain/policy/exception/coverage.ts";
import { compareVersions, type PolicyVersion } from "#domain/policy/policy/policy.ts";
import { ruleAt } from "#domain/testing/enumerated-table.ts";
import { readContent, wholeVersion } from "./read.ts";

// For every published version with rules for exceptions: what somebody with an approved exception from some clauses is
// told, in every situation, against the rules that rest on the other clauses.

const versions = (await readContent("content")).versions
  .flatMap((read) => wholeVersion(read) ?? [])
  .filter(({ table }) => table.facts.some(({ name }) => name === EXCEPTION_FACT));

const exceptionFrom = (clauses: readonly string[]) => ({
  reference: "EX-1",
  policy: "p",
  clauses,
  situation: {},
  conditions: [],
  startsAt: new Date(0),
  endsAt: new Date(1),
});

/** The clauses among a rule's reasons that bind people: each has to be lifted, or the rule holds. */
const bindingOf = ({ because }: Rule, { exceptionRules: { lifts, binding } }: PolicyVersion) =>
  because.filter((id) => lifts.includes(id) || binding.includes(id));

/** Each situation of a version without an exception, with the rules about it in the order of the table. */
function situationsOf({ table }: PolicyVersion): { answers: Answers; rules: Rule[] }[] {
  const own = ownTable({ table, exceptionRules: { lifts: [], binding: [] } }, []).table;
  return Array.from({ length: own.situations }, (_, at) => {
    const answers: Answers = { ...situationAt(own, at), [EXCEPTION_FACT]: "no" };
    const isAbout = ({ when }: Rule) =>
      Object.entries(when).every(([name, allowed]) => allowed.includes(answers[name] ?? ""));
    return { answers, rules: table.rules.filter(isAbout) };
  });
}

/** Whether a rule holds for somebody with an exception from these clauses; one without conditions is lifted with the rest. */
function isStillHolding(rule: Rule, lifted: readonly string[], version: PolicyVersion): boolean {
  if (!Object.keys(rule.when).some((name) => name !== EXCEPTION_FACT)) return false;
  const needed = bindingOf(rule, version);
  return isPermission(rule.verdict) || needed.length === 0 || needed.some((id) => !lifted.includes(id));
}

const FORBIDDING: readonly unknown[] = ["never", "exception-only", "via-communications"];

/** Situations in which the answer under an exception is laxer than a ban on other clauses, or rests on too little. */
function tooLax(version: PolicyVersion, situations: ReturnType<typeof situationsOf>, lifted: readonly string[]) {
  const own = ownTable(version, [exceptionFrom(lifted)]);
  const holds = new Set(version.table.rules.filter((rule) => isStillHolding(rule, lifted, version)));
  const wrong = situations.flatMap(({ answers, rules }, at): string[] => {
    const decided = ruleAt(own.table, at);
    const [without] = rules;
    if (!decided || !without) throw new Error("Every situation is decided.");
    const held = rules.find((rule) => holds.has(rule));
    const isTooLax = held && FORBIDDING.includes(held.verdict) && isLaxer(decided.verdict, held.verdict);
    const isUnfounded =
      isLaxer(decided.verdict, without.verdict) &&
      bindingOf(without, version).some((id) => !lifted.includes(id) || !version.exceptionRules.lifts.includes(id));
    return isTooLax || isUnfounded ? [`${JSON.stringify(answers)}: ${decided.id} (${decided.verdict})`] : [];
  });
  return wrong.slice(0, 5);
}

describe.each(versions.map((version) => [`${version.slug} ${version.version}`, version] as const))(
  "%s",
  (_, version) => {
    const { lifts } = version.exceptionRules;
    const situations = situationsOf(version);

    it("an exception from one clause never lifts another, in any situation", () => {
      expect(lifts.length).toBeGreaterThan(0);
      for (const clause of lifts) expect(tooLax(version, situations, [clause]), clause).toEqual([]);
    });

    it("an exception from some clauses leaves all others in force, in any situation", () => {
      fc.assert(
        fc.property(fc.subarray([...lifts], { minLength: Math.min(2, lifts.length) }), (clauses) => {
          expect(tooLax(version, situations, clauses)).toEqual([]);
        }),
        { numRuns: 15 },
      );
    });

    it("what binds people and stands in no list cannot be lifted, whatever an exception names", () => {
      const all = version.clauses.map(({ id }) => id);
      expect(tooLax(version, situations, all)).toEqual([]);
    });
  },
);

describe("the newest version of the model policy", () => {
  const newest = versions
    .filter(({ slug }) => slug === "model")
    .sort((a, b) => compareVersions(b.version, a.version))[0];
  /** The rule that decides a situation with these answers, for somebody with an exception from these clauses. */
  const under = (clauses: readonly string[], facts: Answers) => {
    if (!newest) throw new Error("There is no model policy.");
    const { table } = ownTable(newest, [exceptionFrom(clauses)]);
    const isMeant = (at: number) =>
      Object.entries(facts).every(([name, answer]) => situationAt(table, at)[name] === answer);
    const at = Array.from({ length: table.situations }, (_, situation) => situation).find(isMeant);
    return at === undefined ? undefined : ruleAt(table, at);
  };
  const FILE = {
    app: "covered",
    audience: "colleague",
    purpose: "file",
    content: "non-sensitive",
    alternative: "no",
    people: "none",
  };

  it("a file under an exception still needs a registered group", () => {
    expect(under(["4.4"], { ...FILE, chat: "other-group" })?.because).toEqual(["6.1"]);
    expect(under(["4.4", "6.1"], { ...FILE, chat: "other-group" })?.verdict).toBe("with-care");
    const inGroup = under(["4.4"], { ...FILE, chat: "approved-group" });
    expect(inGroup?.obligations).toEqual(expect.arrayContaining(["group-members", "group-purpose", "other-clauses"]));
  });

  it("asks which chat it is for even of a program that only knows that there is an exception", () => {
    const rules = newest?.table.rules.filter(({ when }) => when[EXCEPTION_FACT]?.includes("yes")) ?? [];
    const inOtherGroup = rules.filter(({ when }) => when["chat"]?.includes("other-group"));
    expect(inOtherGroup.map(({ obligations }) => obligations.includes("group-of-the-exception"))).toEqual([true]);
  });

  it("nothing about people who are affected goes into the emergency group, under any exception", () => {
    const alert = {
      app: "covered",
      audience: "partner",
      purpose: "emergency",
      content: "sensitive",
      chat: "approved-group",
    };
    expect(under(["3.4", "4.1", "7.3"], alert)?.verdict).toBe("never");
    expect(under(["3.4"], { ...alert, chat: "one-to-one" })?.verdict).toBe("with-care");
  });
});
