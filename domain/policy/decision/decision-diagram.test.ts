import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { enumerate, winnersOf } from "#domain/testing/enumerated-table.ts";
import { anyTable, CLAUSE, soundTable, withRules } from "#domain/testing/generated-table.ts";
import { provePlainly } from "#domain/testing/plain-proof.ts";
import { RICH, themedTable } from "#domain/testing/themed-table.ts";
import { closeOrder, DiagramLimitError, Diagrams, NONE, OPEN } from "./decision-diagram.ts";
import { digitsOf, situationAt, type DecisionTable } from "./decision-table.ts";
import { prove } from "./prove.ts";

const gappy = fc.tuple(fc.oneof(anyTable, soundTable), fc.nat()).map(([table, seed]) =>
  withRules(
    table,
    table.rules.filter((_, at) => at !== seed % table.rules.length),
  ),
);
/** A table with some answers given. */
const partly = gappy.chain((table) =>
  fc
    .tuple(fc.nat({ max: table.situations - 1 }), fc.subarray(table.facts.map(({ name }) => name)))
    .map(([at, names]) => {
      const whole = situationAt(table, at);
      return { table, digits: digitsOf(table, Object.fromEntries(names.map((name) => [name, whole[name] ?? ""]))) };
    }),
);
const digitsAt = (table: DecisionTable, at: number) => digitsOf(table, situationAt(table, at));
/** The numbers of the situations with these answers. */
const within = (table: DecisionTable, digits: readonly number[]) =>
  Array.from({ length: table.situations }, (_, at) => at).filter((at) =>
    digitsAt(table, at).every((digit, axis) => digits[axis] === OPEN || digits[axis] === digit),
  );

describe("a decision diagram", () => {
  it("gives the rule that enumeration finds for every situation", () => {
    fc.assert(
      fc.property(gappy, (table) => {
        expect(winnersOf(table)).toEqual(enumerate(table));
      }),
    );
  });

  it("agrees with enumeration in its counts, examples and cubes, with any answers given", () => {
    fc.assert(
      fc.property(partly, ({ table, digits }) => {
        const { diagrams, winner } = table;
        const winners = enumerate(table);
        const open = within(table, digits);
        const counts = new Map<number, number>();
        for (const at of open) counts.set(winners[at] ?? NONE, (counts.get(winners[at] ?? NONE) ?? 0) + 1);
        expect(new Map([...diagrams.tally(winner, digits)].sort())).toEqual(new Map([...counts].sort()));
        expect(diagrams.values(winner, digits).sort()).toEqual([...counts.keys()].sort());
        for (const value of counts.keys())
          expect(diagrams.first(winner, value, digits)).toEqual(
            digitsAt(table, open.find((at) => winners[at] === value) ?? -1),
          );
        const cubes = [...diagrams.cubes(winner, digits)];
        for (const at of open) {
          const own = cubes.filter(({ answers }) =>
            digitsAt(table, at).every((digit, axis) => answers[axis]?.includes(digit) ?? true),
          );
          expect(own.map(({ value }) => value)).toEqual([winners[at]]);
        }
        for (const { value, answers } of diagrams.examples(winner, digits))
          expect(
            diagrams.valueAt(
              winner,
              answers.map((some) => some?.[0] ?? 0),
            ),
          ).toBe(value);
      }),
    );
  });

  it("depends on an axis exactly if an answer to it changes something, and on none that is given", () => {
    fc.assert(
      fc.property(partly, ({ table, digits }) => {
        const winners = enumerate(table);
        const open = within(table, digits);
        const own = new Diagrams(table.diagrams.sizes, table.diagrams.order);
        const copied = own.combine([table.winner], ([rule = NONE]) => rule, table.diagrams, digits);
        expect(
          own.restrict(
            own.combine([table.winner], ([one = NONE]) => one, table.diagrams),
            digits,
          ),
        ).toBe(copied);
        const changing = table.facts.flatMap(({ stride, answers }, axis) => {
          const isOpen = digits[axis] === OPEN;
          const changes = open.some(
            (at) => Math.floor(at / stride) % answers.length > 0 && winners[at] !== winners[at - stride],
          );
          return isOpen && changes ? [axis] : [];
        });
        expect(own.axesOf(copied)).toEqual(changing);
      }),
    );
  });

  it("is the same for equal functions, whatever the order of the axes", () => {
    fc.assert(
      fc.property(gappy, fc.nat(), ({ facts, rules, diagrams, winner }, seed) => {
        const order = [...facts.keys()].sort((a, b) => (((a + 1) * seed) % 7) - (((b + 1) * seed) % 7));
        const other = new Diagrams(diagrams.sizes, order);
        const conditions = rules.map(({ when }) =>
          facts.map(({ name, answers }) =>
            when[name] ? answers.map((answer) => when[name]?.includes(answer) ?? true) : null,
          ),
        );
        const turned = other.firstOf(conditions);
        expect(other.firstOf(conditions)).toBe(turned);
        expect(new Map([...other.tally(turned)].sort())).toEqual(new Map([...diagrams.tally(winner)].sort()));
      }),
    );
  });
});

describe("the order of axes", () => {
  it("puts those of one condition next to each other, whatever their original order", () => {
    const path = [0, 4, 2, 5, 1, 3];
    const pairs = path.slice(1).map((end, at) => [path[at] ?? 0, end]);
    const conditions = pairs.map((pair) =>
      Array.from({ length: 6 }, (_, axis) => (pair.includes(axis) ? [true] : null)),
    );
    expect(closeOrder(6, conditions, [0])).toEqual([3, 1, 5, 2, 4, 0]);
    expect(closeOrder(6, conditions, [3])).toEqual([0, 4, 2, 5, 1, 3]);
  });
});

describe("a rich table", () => {
  const SMALL = { facts: 8, answers: 4, rules: 40, theme: 4 };
  it.each([
    ["sound", SMALL],
    ["unsound", { ...SMALL, lax: 4 }],
    ["with gaps", { ...SMALL, rules: 12, open: true }],
  ])("is proven as a plain walk proves it, 65,536 situations: %s", (_, shape) => {
    const table = themedTable(shape, 5);
    const { wrongExamples, faults, ...counts } = prove(table, new Set([CLAUSE]), [], "rules.yaml");
    expect(counts).toEqual(provePlainly(table, new Set([CLAUSE])));
    expect(wrongExamples).toBe(0);
    for (const fault of faults) expect(fault.situation).not.toBeNull();
    if (shape !== SMALL) expect(counts.laxer + counts.undecided).toBeGreaterThan(0);
  });

  it("has exact counts where there are too many situations to walk, and a situation for each fault", () => {
    const table = themedTable({ ...RICH, lax: 1, open: true }, 1);
    const proof = prove(table, new Set([CLAUSE]), [], "rules.yaml");
    expect(proof.situations).toBe(4 ** 25);
    const sum = [...table.diagrams.tally(table.winner).values()].reduce((total, count) => total + count, 0);
    expect(sum).toBe(4 ** 25);
    expect(proof.undecided).toBeGreaterThan(0);
    expect(proof.unreachable).toBeGreaterThan(0);
    const holds = (when: Record<string, string[]>, situation: Record<string, string>) =>
      Object.entries(when).every(([name, answers]) => answers.includes(situation[name] ?? ""));
    for (const { kind, rule: id, situation } of proof.faults) {
      const decides = table.rules.find(({ when }) => holds(when, situation ?? {}));
      if (kind === "unreachable") expect(decides?.id).not.toBe(id);
      else expect(decides?.id).toBe(id ?? undefined);
    }
  });

  it("stops with a message if there is too much to keep apart", () => {
    expect(() => themedTable({ ...RICH, theme: 25 }, 1)).toThrow(DiagramLimitError);
    expect(() => themedTable({ ...RICH, theme: 25 }, 1)).toThrow(/Use fewer facts in one set of rules/);
    expect(() => themedTable({ ...RICH, facts: 30 }, 1)).toThrow(/more than can be counted exactly/);
  });
});
