import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withWinners } from "#domain/testing/enumerated-table.ts";
import { plainFewestQuestions } from "#domain/testing/fewest-questions.ts";
import { anyTable, rule, soundTable } from "#domain/testing/generated-table.ts";
import { walkedPlaces } from "#domain/testing/walked-questions.ts";
import { decide } from "./decide.ts";
import { buildTable, situationAt, type DecisionTable } from "./decision-table.ts";
import type { Fact } from "./fact.ts";
import { questionCount } from "./question-count.ts";
import { fewestQuestions, MOST_QUESTIONS_TO_BEST, remainingQuestions } from "./question-order.ts";
import { askedPath } from "./wizard.ts";

const fact = (answers: number): Fact => ({
  ask: "?",
  short: "?",
  help: null,
  ordered: false,
  answers: Object.fromEntries(
    Array.from({ length: answers }, (_, at) => [`a${at}`, { label: "?", hint: null, when: null, as: null }]),
  ),
});
const facts = (...sizes: number[]) => sizes.map((size, at): [string, Fact] => [`f${at}`, fact(size)]);
const fixed = ({ facts, rules, obligations }: DecisionTable) =>
  buildTable(
    facts.map(({ name, fact }) => [name, fact]),
    rules,
    [...obligations.values()],
    true,
  );
const next = (table: DecisionTable, answers: Record<string, string>) => {
  const decision = decide(table, answers);
  return decision.settled ? null : decision.needs[0];
};
/** Each situation on its own, as a person would go through it. */
const askedOneByOne = (table: DecisionTable) => {
  let asked = 0;
  for (let at = 0; at < table.situations; at++) asked += askedPath(table, situationAt(table, at)).length;
  return asked / table.situations;
};

const mixed32 = (at: number) => {
  const mixed = Math.imul(at ^ (at >>> 16), 0x45d9f3b);
  return Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b) >>> 16;
};

describe("the order of questions", () => {
  it.each([
    ["sound tables", soundTable],
    ["any tables", anyTable],
  ])("asks at most 10 % more than the best possible, on average over all situations: %s", (_, tables) => {
    fc.assert(
      fc.property(tables, (table) => {
        const best = plainFewestQuestions(table);
        expect(fewestQuestions(table)).toBeCloseTo(best, 9);
        const count = questionCount(table);
        expect(count?.average).toBeCloseTo(askedOneByOne(table), 9);
        expect(count?.average ?? Infinity).toBeLessThanOrEqual(best * MOST_QUESTIONS_TO_BEST + 1e-9);
      }),
      { numRuns: 40 },
    );
  });

  it("keeps to the author's order if that costs little, but not if it costs much", () => {
    // The number of questions is the same with either fact first.
    const even = buildTable(
      facts(2, 2),
      [rule("both", { f0: ["a0"], f1: ["a0"] }, "never"), rule("rest", {}, "allowed")],
      [],
    );
    expect(next(even, {})).toBe("f0");
    // One answer to the second settles it.
    const second = buildTable(
      facts(4, 2),
      [rule("no", { f1: ["a0"] }, "never"), rule("some", { f0: ["a0"] }, "allowed"), rule("rest", {}, "with-care")],
      [],
    );
    expect(next(second, {})).toBe("f1");
    expect(next(fixed(second), {})).toBe("f0");
  });

  it("asks what another question waits for first, as long as it can change the outcome", () => {
    // Only a group (f1: a0) makes consent (f0) matter.
    const table = (after?: string[]) =>
      buildTable(
        [
          ["f0", { ...fact(2), ...(after && { after }) }],
          ["f1", fact(2)],
        ],
        [rule("no", { f0: ["a0"], f1: ["a0"] }, "never"), rule("rest", {}, "allowed")],
        [],
      );
    expect(next(table(), {})).toBe("f0");
    expect(next(table(["f1"]), {})).toBe("f1");
    expect(next(table(["f1"]), { f1: "a0" })).toBe("f0");
    expect(next(table(["f1"]), { f1: "a1" })).toBeNull();
  });

  it("keeps exactly to the order of the facts if the author fixed it, still asking no needless questions", () => {
    fc.assert(
      fc.property(anyTable, fc.nat(), (table, seed) => {
        const whole = situationAt(table, seed % table.situations);
        const own = fixed(table);
        const path = askedPath(own, whole);
        expect(path).toEqual(own.facts.map(({ name }) => name).filter((name) => path.includes(name)));
        let known = {};
        for (const name of path) {
          const decision = decide(own, known);
          expect(decision.settled ? null : decision.needs).toEqual(
            own.facts.map((one) => one.name).filter((one) => !decision.settled && decision.needs.includes(one)),
          );
          known = { ...known, [name]: whole[name] };
        }
        expect(decide(own, known).settled).toBe(true);
      }),
    );
  });

  it("does not ask a question that cannot matter, however many there are", () => {
    // The verdict depends on whether an even number of eleven answers is yes: all must be asked, the first fact never.
    const names = Array.from({ length: 12 }, () => 2);
    const table = buildTable(facts(...names), [rule("rest", {}, "never")], []);
    const isOdd = (at: number) => [...(at & 2047).toString(2)].filter((bit) => bit === "1").length % 2;
    const even = withWinners(table, [rule("a", {}, "never"), rule("b", {}, "allowed")], isOdd);
    expect(next(even, {})).toBe("f1");
    expect(fewestQuestions(even)).toBe(11);
  });

  it("asks the most informative question if there is too much to compute", () => {
    // No two answers are alike; the last fact alone settles half of all situations.
    const sizes = [9, 9, 9, 5, 2, 2, 2, 2];
    const table = buildTable(facts(...sizes), [rule("rest", {}, "never")], []);
    const rules = Array.from({ length: 5 }, (_, at) => rule(`r${at}`, {}, at === 0 ? "never" : "allowed", [`o${at}`]));
    const mixed = withWinners(table, rules, (at) => (at % 2 === 0 ? 0 : 1 + (mixed32(at) & 3)));
    expect([fewestQuestions(mixed), questionCount(mixed)]).toEqual([null, null]);
    expect(next(mixed, {})).toBe("f7");
    expect(next(mixed, { f7: "a0" })).toBeNull();
    // What is not worked out in full has bounds that hold all the same.
    expect(remainingQuestions(mixed, {})).toMatchObject({ fewest: 1, most: 8 });
    expect(remainingQuestions(mixed, { f7: "a0" })).toMatchObject({ fewest: 0, most: 0 });
  });

  it("knows the fewest and the most questions still to come, wherever somebody is", () => {
    fc.assert(
      fc.property(anyTable, fc.boolean(), (any, isFixed) => {
        const table = isFixed ? fixed(any) : any;
        for (const { answers, fewest, most } of walkedPlaces(table))
          expect(remainingQuestions(table, answers)).toMatchObject({ fewest, most });
        expect(remainingQuestions(table, {}).average).toBeCloseTo(askedOneByOne(table), 9);
      }),
      { numRuns: 40 },
    );
  });
});
