import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupSituations, type Group } from "./situation-group.ts";

const axesArbitrary = fc
  .array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 })
  .map((sizes) =>
    sizes.map((size, at) => ({ name: `f${at}`, answers: Array.from({ length: size }, (_, answer) => `a${answer}`) })),
  );
type Axes = { name: string; answers: string[] }[];

const sizeOf = (axes: Axes) => axes.reduce((product, { answers }) => product * answers.length, 1);

/** The answers of a situation by its number, the last fact varying fastest. */
function answersOf(axes: Axes, situation: number): Record<string, string> {
  let rest = situation;
  return Object.fromEntries(
    [...axes].reverse().map(({ name, answers }) => {
      const answer = answers[rest % answers.length] ?? "";
      rest = Math.floor(rest / answers.length);
      return [name, answer];
    }),
  );
}

const holds = ({ when }: Group, answers: Record<string, string>) =>
  Object.entries(when).every(([name, wanted]) => wanted.includes(answers[name] ?? ""));

describe("groupSituations", () => {
  const labelled = axesArbitrary.chain((axes) =>
    fc.tuple(
      fc.constant(axes),
      fc.array(fc.integer({ min: -1, max: 2 }), { minLength: sizeOf(axes), maxLength: sizeOf(axes) }),
    ),
  );

  it("puts every labelled situation into exactly one line of its label, and no other situation into any", () => {
    fc.assert(
      fc.property(labelled, ([axes, labels]) => {
        const groups = groupSituations(axes, labels);
        labels.forEach((label, situation) => {
          const answers = answersOf(axes, situation);
          expect(groups.filter((group) => holds(group, answers)).map((group) => group.label)).toEqual(
            label < 0 ? [] : [label],
          );
        });
        expect(groups.reduce((sum, { situations }) => sum + situations, 0)).toBe(
          labels.filter((label) => label >= 0).length,
        );
      }),
    );
  });

  it("does so even if the facts together have more answers than a number has bits", () => {
    const axes = [30, 30, 8].map((size, at) => ({
      name: `f${at}`,
      answers: Array.from({ length: size }, (_, answer) => `a${answer}`),
    }));
    const labels = Array.from(
      { length: sizeOf(axes) },
      (_, situation) => (Math.imul(situation, 0x9e3779b1) >>> 20) % 3,
    );
    const seen = new Int32Array(labels.length);
    for (const { label, when } of groupSituations(axes, labels)) {
      const numbers = axes.map(({ name, answers }) => (when[name] ?? answers).map((answer) => Number(answer.slice(1))));
      for (const a of numbers[0] ?? [])
        for (const b of numbers[1] ?? [])
          for (const c of numbers[2] ?? []) {
            const situation = (a * 30 + b) * 8 + c;
            seen[situation] = (seen[situation] ?? 0) + (labels[situation] === label ? 1 : 100);
          }
    }
    expect(seen.every((count) => count === 1)).toBe(true);
  });

  it("describes a box in one line", () => {
    fc.assert(
      fc.property(
        axesArbitrary.chain((axes) =>
          fc.tuple(fc.constant(axes), fc.tuple(...axes.map(({ answers }) => fc.subarray(answers, { minLength: 1 })))),
        ),
        ([axes, wanted]) => {
          const labels = Array.from({ length: sizeOf(axes) }, (_, situation) => {
            const answers = answersOf(axes, situation);
            return axes.every(({ name }, at) => wanted[at]?.includes(answers[name] ?? "")) ? 0 : -1;
          });
          const when = Object.fromEntries(
            axes.flatMap(({ name, answers }, at) =>
              wanted[at]?.length === answers.length ? [] : [[name, wanted[at]]],
            ),
          );
          expect(groupSituations(axes, labels).map((group) => group.when)).toEqual([when]);
        },
      ),
    );
  });

  it("leaves out what makes no difference, whatever the order of the facts", () => {
    const axes = ["a", "b", "c"].map((name) => ({ name, answers: ["0", "1", "2"] }));
    const labels = Array.from({ length: 27 }, (_, situation) => (answersOf(axes, situation).b === "1" ? 1 : 0));
    expect(groupSituations(axes, labels)).toEqual([
      { label: 0, when: { b: ["0", "2"] }, situations: 18 },
      { label: 1, when: { b: ["1"] }, situations: 9 },
    ]);
  });

  it("refuses a fact with more answers than it can hold", () => {
    const axes = [{ name: "many", answers: Array.from({ length: 32 }, (_, at) => String(at)) }];
    expect(() => groupSituations(axes, new Array<number>(32).fill(0))).toThrow(/"many" has 32 answers/);
  });
});
