import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { soundTable } from "#domain/testing/generated-table.ts";
import { VERDICTS } from "#domain/policy/decision/verdict.ts";
import { checkSituationsOf, type CheckSituation } from "./check-situation.ts";
import { askingOrder, drawPair, pairKeyOf, situationOrder } from "./draw.ts";
import { acceptableFrom, answerSituation, beginAsking, neededOf, NO_DEMAND, type Standing } from "./reading.ts";

/** Situations without a table; every second one is forbidden. */
function situations(count: number): CheckSituation[] {
  return Array.from({ length: count }, (_, at) => ({
    id: `fact=${at}`,
    answers: { fact: `${at}` },
    rule: {
      id: `rule-${at % 3}`,
      when: {},
      verdict: at % 2 ? "allowed" : "never",
      because: ["1"],
      obligations: [],
      instead: [],
      contacts: [],
    },
    neighbours: [],
    choices: ["never", "allowed"],
  }));
}

const wrongFor = ({ rule }: CheckSituation) => (rule.verdict === "never" ? "allowed" : "never");

describe("situations of any table", () => {
  it("are each settled by it, and can be chosen rightly", () => {
    fc.assert(
      fc.property(soundTable, (table) => {
        for (const { rule, choices, neighbours } of checkSituationsOf(table)) {
          expect(choices).toContain(rule.verdict);
          expect(choices).toEqual(VERDICTS.filter((verdict) => choices.includes(verdict)));
          expect(neighbours.every(({ verdict }) => verdict !== rule.verdict)).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe("drawing", () => {
  it("puts the same situations into the same order for a seed, whatever order they come in", () => {
    const all = situations(12);
    expect(situationOrder([...all].reverse(), "a")).toEqual(situationOrder(all, "a"));
    const firsts = new Set(Array.from({ length: 200 }, (_, at) => situationOrder(all, `${at}`)[0]?.id));
    expect(firsts.size).toBe(12);
  });

  it("gives every pair once before any is given again", () => {
    const all = situations(5);
    const taken: string[] = [];
    for (let person = 0; person < 20; person++) {
      const drawn = drawPair(all, `${person}`, taken);
      expect(drawn?.round).toBe(person < 10 ? 0 : 1);
      taken.push(drawn?.pair ?? "");
    }
    expect(new Set(taken.slice(0, 10)).size).toBe(10);
    expect([...taken.slice(10)].sort()).toEqual(taken.slice(0, 10).sort());
  });

  it("draws what there is", () => {
    expect(drawPair([], "a", [])).toBeNull();
    const [only] = situations(1);
    if (!only) throw new Error("There is one.");
    expect(drawPair([only], "a", [only.id])).toEqual({ pair: pairKeyOf(only, undefined), round: 1 });
    expect(askingOrder([only], "a", only.id)).toEqual([only]);
  });
});

describe("answering", () => {
  const walk = (order: readonly CheckSituation[], isRight: (turn: number) => boolean) => {
    let standing: Standing = beginAsking(order);
    const asked: string[] = [];
    for (let turn = 0; !standing.hasPassed && turn < 50; turn++) {
      const now = order.find(({ id }) => id === standing.asked);
      if (!now) throw new Error("Something else is asked.");
      asked.push(now.id);
      standing = answerSituation(order, standing, now, isRight(turn) ? now.rule.verdict : wrongFor(now));
    }
    return { standing, asked };
  };

  it("ends after two that are right, whatever was wrong before, and forgets everything", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), fc.array(fc.boolean(), { maxLength: 12 }), (count, answers) => {
        const order = situations(count);
        const { standing, asked } = walk(order, (turn) => answers[turn] ?? true);
        const forgotten = { asked: null, seen: [], right: [], missed: null, chosen: null, hasPassed: true };
        expect(standing).toEqual(forgotten);
        // None is asked twice while there are others.
        const firstRound = asked.slice(0, count);
        expect(new Set(firstRound).size).toBe(firstRound.length);
        if (count > 2) expect(asked.every((id, at) => id !== asked[at + 1])).toBe(true);
      }),
    );
  });

  it("shows what was missed until the next answer", () => {
    const order = situations(4);
    const [first, second] = order;
    if (!first || !second) throw new Error("There are four.");
    const wrong = answerSituation(order, beginAsking(order), first, wrongFor(first));
    expect(wrong).toMatchObject({ asked: second.id, right: [], missed: first.id, chosen: wrongFor(first) });
    const right = answerSituation(order, wrong, second, second.rule.verdict);
    expect(right).toMatchObject({ right: [second.id], missed: null, chosen: null, hasPassed: false });
  });

  it("asks for as many as there are, and for none where there is none", () => {
    expect([0, 1, 2, 9].map((count) => neededOf(situations(count)))).toEqual([0, 1, 2, 2]);
    expect(beginAsking([]).hasPassed).toBe(true);
    expect(walk(situations(1), (turn) => turn > 2).asked).toHaveLength(4);
  });
});

describe("the time that reading takes", () => {
  it("runs from the next full minute, over midnight and over the change of clocks", () => {
    const from = (openedAt: string, readingMinutes: number) =>
      acceptableFrom(new Date(openedAt), { ...NO_DEMAND, readingMinutes })?.toISOString();
    expect(from("2026-03-02T14:29:00.000Z", 3)).toBe("2026-03-02T14:32:00.000Z");
    expect(from("2026-03-02T14:29:00.001Z", 3)).toBe("2026-03-02T14:33:00.000Z");
    expect(from("2026-03-29T00:59:30Z", 5)).toBe("2026-03-29T01:05:00.000Z");
    expect(from("2026-12-31T23:59:00Z", 3)).toBe("2027-01-01T00:02:00.000Z");
    expect(from("2026-03-02T14:29:00Z", 0)).toBeUndefined();
  });
});
