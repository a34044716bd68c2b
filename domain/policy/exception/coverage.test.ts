import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildTable, situationAt, type DecisionTable } from "#domain/policy/decision/decision-table.ts";
import type { Answers, Rule } from "#domain/policy/decision/rule-file.ts";
import { isLaxer, isPermission, VERDICTS } from "#domain/policy/decision/verdict.ts";
import { askedPath, stepFor } from "#domain/policy/decision/wizard.ts";
import { outcomeAt, ruleAt } from "#domain/testing/enumerated-table.ts";
import { allLifted } from "#domain/testing/exception-rules.ts";
import { plainRule, rule, soundTable } from "#domain/testing/generated-table.ts";
import {
  EXCEPTION_FACT,
  exceptionMatters,
  isCurrentException,
  isFor,
  ownTable,
  type GrantedException,
} from "./coverage.ts";

const CLAUSES = ["1.1", "1.2", "2.1"];
const FORBIDDING: readonly unknown[] = ["never", "exception-only", "via-communications"];
const exceptionFact = {
  ask: "?",
  short: "?",
  help: null,
  ordered: false,
  answers: Object.fromEntries(["yes", "no"].map((name) => [name, { label: name, hint: null, when: null, as: null }])),
};
const pick = (answers: Answers, names: readonly string[]) =>
  Object.fromEntries(Object.entries(answers).filter(([name]) => names.includes(name)));

/**
 * Sound tables with clauses of their own, the fact `exception` in any position, and some rules for people who have one.
 */
const tableWithException: fc.Arbitrary<DecisionTable> = soundTable.chain((base) => {
  const names = base.facts.map(({ name }) => name);
  const rules = base.rules.length;
  const under = fc.record({
    situation: fc.nat(),
    facts: fc.subarray(names),
    verdict: fc.constantFrom(...VERDICTS),
    because: fc.subarray(CLAUSES, { minLength: 1 }),
  });
  return fc
    .record({
      place: fc.nat({ max: names.length }),
      under: fc.array(under, { maxLength: 4 }),
      because: fc.array(fc.subarray(CLAUSES, { minLength: 1 }), { minLength: rules, maxLength: rules }),
    })
    .map(({ place, under: own, because }) => {
      const facts = base.facts.map(({ name, fact }): [string, typeof fact] => [name, fact]);
      facts.splice(place, 0, [EXCEPTION_FACT, exceptionFact]);
      const first = own.map(({ situation, facts: some, verdict, because: clauses }, index): Rule => {
        const answers = pick(situationAt(base, situation % base.situations), some);
        const when = Object.fromEntries(Object.entries(answers).map(([name, answer]) => [name, [answer]]));
        return { ...rule(`under-${index}`, { ...when, [EXCEPTION_FACT]: ["yes"] }, verdict), because: clauses };
      });
      const others = base.rules.map((one, index) => ({ ...one, because: because[index] ?? CLAUSES }));
      return buildTable(facts, [...first, ...others], []);
    });
});

const withGranted = tableWithException.chain((table) => {
  const names = table.facts.map(({ name }) => name).filter((name) => name !== EXCEPTION_FACT);
  const granted = fc
    .record({
      situation: fc.nat(),
      facts: fc.subarray(names),
      clauses: fc.subarray(CLAUSES),
      endsAt: fc.integer({ min: 1, max: 3 }),
    })
    .map(({ situation, facts, clauses, endsAt }): Omit<GrantedException, "reference"> => ({
      policy: "p",
      clauses,
      situation: pick(situationAt(table, situation % table.situations), facts),
      conditions: [],
      startsAt: new Date(0),
      endsAt: new Date(endsAt),
    }));
  const list = fc.array(granted, { maxLength: 3 });
  return fc.tuple(
    fc.constant(table),
    list.map((all) => all.map((one, index): GrantedException => ({ ...one, reference: `EX-${index}` }))),
  );
});

/** Tables in which a second rule on other clauses stands below each, about the same situations. */
const withSecondReasons = fc
  .tuple(
    withGranted,
    fc.array(fc.tuple(fc.constantFrom(...VERDICTS), fc.subarray(CLAUSES, { minLength: 1 })), { minLength: 9 }),
  )
  .map(([[table, granted], seconds]): [DecisionTable, GrantedException[]] => {
    const rules = table.rules.flatMap((one, at): Rule[] => {
      const [verdict, because] = seconds[at % seconds.length] ?? ["never", CLAUSES];
      return [one, { ...one, id: `${one.id}-second`, verdict, because }];
    });
    return [
      buildTable(
        table.facts.map(({ name, fact }) => [name, fact]),
        rules,
        [],
      ),
      granted,
    ];
  });

const situationsOf = (table: DecisionTable) =>
  Array.from({ length: table.situations }, (_, situation) => situationAt(table, situation));
const ruleFor = ruleAt;

describe("the table of somebody without an exception", () => {
  it("equals the table with exception answered no, in every situation", () => {
    fc.assert(
      fc.property(tableWithException, (table) => {
        const own = ownTable(allLifted(table), []);
        expect(own.table.facts.map(({ name }) => name)).not.toContain(EXCEPTION_FACT);
        expect(own.table.situations).toBe(table.situations / 2);
        const changed = situationsOf(own.table).filter((answers, situation) => {
          const decided = ruleFor(own.table, situation);
          const plain = plainRule(table, { ...answers, [EXCEPTION_FACT]: "no" });
          return decided !== plain || !decided || own.exceptionFor(decided) !== undefined;
        });
        expect(changed).toEqual([]);
      }),
    );
  });

  it("is the table itself if the policy does not ask for exceptions", () => {
    fc.assert(fc.property(soundTable, (table) => ownTable(allLifted(table), []).table === table));
  });
});

describe("the table of somebody with exceptions", () => {
  it("changes exactly the situations that one covers and for which the policy has a laxer rule", () => {
    fc.assert(
      fc.property(withGranted, ([table, granted]) => {
        const own = ownTable(allLifted(table), granted);
        const wrong = situationsOf(own.table).filter((answers, situation) => {
          const without = plainRule(table, { ...answers, [EXCEPTION_FACT]: "no" });
          const withOne = plainRule(table, { ...answers, [EXCEPTION_FACT]: "yes" });
          const decided = ruleFor(own.table, situation);
          if (!without || !withOne || !decided) return true;
          const named = own.exceptionFor(decided);
          const covering = granted.filter(
            ({ clauses, situation: asked }) =>
              without.because.every((clause) => clauses.includes(clause)) &&
              Object.entries(asked).every(([name, answer]) => answers[name] === answer),
          );
          if (covering.length === 0 || !isLaxer(withOne.verdict, without.verdict))
            return decided !== without || named !== undefined;
          const longest = Math.max(...covering.map(({ endsAt }) => endsAt.getTime()));
          const isRight = decided.id === withOne.id && named !== undefined && covering.includes(named);
          return !isRight || named.endsAt.getTime() !== longest;
        });
        expect(wrong).toEqual([]);
      }),
    );
  });

  it("never lifts what an exception does not name or cannot lift, and leaves every other rule in force", () => {
    const limited = fc.tuple(withSecondReasons, fc.subarray(CLAUSES), fc.subarray(CLAUSES));
    let held = 0;
    fc.assert(
      fc.property(limited, ([[table, granted], lifts, binding]) => {
        const own = ownTable({ table, exceptionRules: { lifts, binding } }, granted);
        const isLifted = (one: Rule, by: GrantedException) => {
          const counting = one.because.filter((id) => lifts.includes(id) || binding.includes(id));
          return counting.length > 0 && counting.every((id) => lifts.includes(id) && by.clauses.includes(id));
        };
        for (const [situation, answers] of situationsOf(own.table).entries()) {
          const decided = ruleFor(own.table, situation);
          const without = plainRule(table, { ...answers, [EXCEPTION_FACT]: "no" });
          const withOne = plainRule(table, { ...answers, [EXCEPTION_FACT]: "yes" });
          if (!decided || !without || !withOne) throw new Error("Every situation is decided.");
          const exception = own.exceptionFor(decided);
          if (decided === without) continue;
          const covering = granted.filter(
            (one) =>
              isLifted(without, one) && Object.entries(one.situation).every(([name, given]) => answers[name] === given),
          );
          // What still holds: rules about this situation, in the order of the table, that an exception leaves.
          const left = (by: GrantedException) =>
            table.rules.find(
              (one) =>
                Object.keys(one.when).some((name) => name !== EXCEPTION_FACT) &&
                (isPermission(one.verdict) || !isLifted(one, by)) &&
                Object.entries({ ...answers, [EXCEPTION_FACT]: "no" }).every(
                  ([name, given]) => one.when[name]?.includes(given) ?? true,
                ),
            );
          expect(isLaxer(withOne.verdict, without.verdict)).toBe(true);
          if (exception) {
            expect(covering).toContain(exception);
            expect(decided.id).toBe(withOne.id);
            expect(FORBIDDING).not.toContain(left(exception)?.verdict);
          } else {
            held++;
            expect(covering.map(left)).toContain(decided);
            expect(FORBIDDING).toContain(decided.verdict);
          }
        }
      }),
      { numRuns: 300 },
    );
    expect(held).toBeGreaterThan(0);
  });

  it("has one outcome for each rule under each exception, always different with and without", () => {
    fc.assert(
      fc.property(withGranted, ([table, granted]) => {
        const { table: own, exceptionFor } = ownTable(allLifted(table), granted);
        const underOf = new Map<number, string | undefined>();
        for (let situation = 0; situation < own.situations; situation++) {
          const decided = ruleFor(own, situation);
          const reference = decided && exceptionFor(decided)?.reference;
          const outcome = outcomeAt(own, situation);
          if (underOf.has(outcome) && underOf.get(outcome) !== reference) return false;
          underOf.set(outcome, reference);
        }
        return true;
      }),
    );
  });

  it("never asks for an exception, on any path through the wizard", () => {
    fc.assert(
      fc.property(withGranted, fc.nat(), ([table, granted], seed) => {
        const { table: own } = ownTable(allLifted(table), granted);
        const answers = situationAt(own, seed % own.situations);
        expect(askedPath(own, answers)).not.toContain(EXCEPTION_FACT);
        const step = stepFor(own, { answers: { [EXCEPTION_FACT]: "yes" }, ask: null, change: null });
        expect(step.kind === "question" && step.fact).not.toBe(EXCEPTION_FACT);
      }),
    );
  });
});

describe("whether an exception matters", () => {
  it("is true exactly if a completion has a laxer rule under one", () => {
    fc.assert(
      fc.property(tableWithException, fc.nat(), fc.nat(), (table, seed, bits) => {
        const whole = situationAt(table, seed % table.situations);
        const known = Object.fromEntries(
          Object.entries(whole).filter(([name], index) => name !== EXCEPTION_FACT && bits & (1 << index)),
        );
        const expected = situationsOf(table)
          .filter((answers) => answers[EXCEPTION_FACT] === "no")
          .filter((answers) => Object.entries(known).every(([name, answer]) => answers[name] === answer))
          .some((answers) => {
            const [without, withOne] = [answers, { ...answers, [EXCEPTION_FACT]: "yes" }].map((one) =>
              plainRule(table, one),
            );
            return without && withOne && isLaxer(withOne.verdict, without.verdict);
          });
        expect(exceptionMatters(table, known)).toBe(expected);
      }),
    );
  });
});

describe("for whom and when it holds", () => {
  const exception = {
    requesterId: "ada",
    scope: "team",
    teamId: "t1",
    teamManagerId: "max",
    groupMemberIds: ["cas"],
  } as const;

  it("is for the requester, or for a team or a chat group if it was requested for one", () => {
    expect(isFor({ ...exception, scope: "person" }, { personId: "ada", team: null })).toBe(true);
    expect(isFor(exception, { personId: "ada", team: "t1" })).toBe(true);
    expect(isFor(exception, { personId: "bob", team: "t1" })).toBe(true);
    expect(isFor(exception, { personId: "bob", team: "t2" })).toBe(false);
    expect(isFor({ ...exception, scope: "person" }, { personId: "bob", team: "t1" })).toBe(false);
    expect(isFor(exception, { personId: "cas", team: null })).toBe(false);
    expect(isFor({ ...exception, scope: "group" }, { personId: "cas", team: null })).toBe(true);
    for (const other of ["ada", "bob"])
      expect(isFor({ ...exception, scope: "group" }, { personId: other, team: "t1" })).toBe(false);
    expect(isFor({ ...exception, scope: null }, { personId: "bob", team: "t1" })).toBe(false);
    expect(isFor({ ...exception, teamId: null }, { personId: "bob", team: null })).toBe(false);
  });

  it("is not for a requester who is no longer of the team, or whose team is no more", () => {
    expect(isFor(exception, { personId: "ada", team: "t2" })).toBe(false);
    expect(isFor({ ...exception, teamId: null, teamManagerId: null }, { personId: "ada", team: null })).toBe(false);
    const ofManager = { ...exception, requesterId: "max" };
    expect(isFor(ofManager, { personId: "max", team: "t2" })).toBe(true);
    expect(isFor({ ...ofManager, teamManagerId: "new" }, { personId: "max", team: "t2" })).toBe(false);
    expect(isFor(exception, { personId: "max", team: "t2" })).toBe(false);
  });

  it("is in force from its start, inclusive, to its end, exclusive, to the millisecond", () => {
    const period = { startsAt: new Date(1000), endsAt: new Date(2000) };
    const moments = [999, 1000, 1999, 2000, 2001].map((now) => isCurrentException(period, new Date(now)));
    expect(moments).toEqual([false, true, true, false, false]);
  });
});
