import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  excuseProblems,
  MOST_SAMPLED,
  rateInWords,
  rateOf,
  ratesByVerdict,
  readPopulation,
  responseRate,
  sampleProblems,
  sampledStateOf,
  wilsonInterval,
  writePopulation,
} from "./sample.ts";

describe("Wilson's interval", () => {
  // Known values: R, prop.test(correct = FALSE); Newcombe (1998), table I.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
    [20, 20, 0.8389, 1],
    [0, 1, 0, 0.7935],
    [5, 10, 0.2366, 0.7634],
  ])("of %i in %i is %f to %f", (right, of, low, high) => {
    const interval = wilsonInterval(right, of);
    expect(interval?.low).toBeCloseTo(low, 4);
    expect(interval?.high).toBeCloseTo(high, 4);
  });

  it("holds the share, stays between 0 and 1, and narrows with more answers", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }), (of, share) => {
        const right = Math.round(of * share);
        const interval = wilsonInterval(right, of);
        const more = wilsonInterval(right * 4, of * 4);
        if (!interval || !more) throw new Error("There are answers.");
        expect(interval.low).toBeGreaterThanOrEqual(0);
        expect(interval.high).toBeLessThanOrEqual(1);
        expect(interval.low).toBeLessThanOrEqual(right / of + 1e-12);
        expect(interval.high).toBeGreaterThanOrEqual(right / of - 1e-12);
        expect(more.high - more.low).toBeLessThan(interval.high - interval.low);
      }),
    );
    expect(wilsonInterval(0, 0)).toBeNull();
  });
});

describe("rates", () => {
  it("are given by what the policy says, the strictest first, and in words", () => {
    const answers = [
      { verdict: "allowed" as const, isRight: true },
      { verdict: "never" as const, isRight: false },
      { verdict: "never" as const, isRight: true },
    ];
    expect(ratesByVerdict(answers).map(({ verdict, rate }) => [verdict, rate.right, rate.of])).toEqual([
      ["never", 1, 2],
      ["allowed", 1, 1],
    ]);
    expect(rateInWords(rateOf([]))).toBe("No answers yet");
    expect(rateInWords(rateOf([true, true, true, true, true, false, false, false, false, false]))).toBe(
      "5 of 10, 50 %; with 95 % certainty between 23.7 % and 76.3 %",
    );
  });

  it("of answering leave out who left or was excused", () => {
    expect(responseRate(["answered", "left", "excused", "waiting", "missed"])).toMatchObject({ right: 1, of: 3 });
    expect(responseRate(["left"])).toMatchObject({ of: 0, interval: null });
    const nothing = { answeredAt: null, excusedAt: null, hasLeft: false };
    expect(sampledStateOf(nothing, false)).toBe("waiting");
    expect(sampledStateOf(nothing, true)).toBe("missed");
    expect(sampledStateOf({ ...nothing, hasLeft: true }, false)).toBe("left");
    expect(sampledStateOf({ ...nothing, hasLeft: true, answeredAt: new Date() }, true)).toBe("answered");
    expect(sampledStateOf({ ...nothing, excusedAt: new Date() }, true)).toBe("excused");
  });
});

describe("the form", () => {
  const choices = { policies: ["nao"], populations: ["body", "team:t"] };
  const draft = {
    policy: "nao",
    population: "body",
    size: "20",
    lastDay: { kind: "day", day: "2026-03-06" } as const,
  };
  const fieldsOf = (more: Partial<Parameters<typeof sampleProblems>[0]>) =>
    sampleProblems({ ...draft, ...more }, choices, "2026-03-02", (day) => day !== "2026-03-07").map(
      ({ field }) => field,
    );

  it("takes what can be done, and says what cannot", () => {
    expect(fieldsOf({})).toEqual([]);
    expect(fieldsOf({ policy: "other", population: "team:x" })).toEqual(["policy", "population"]);
    for (const size of ["", "0", "-3", "1.5", "1e3", String(MOST_SAMPLED + 1), "99999999999", "ten"])
      expect(fieldsOf({ size })).toEqual(["size"]);
    expect(fieldsOf({ lastDay: { kind: "empty" } })).toEqual(["lastDay"]);
    expect(fieldsOf({ lastDay: { kind: "day", day: "2026-03-02" } })).toEqual(["lastDay"]);
    expect(fieldsOf({ lastDay: { kind: "day", day: "2026-03-07" } })).toEqual(["lastDay"]);
    expect(excuseProblems("a", "On leave.", ["a"])).toEqual([]);
    expect(excuseProblems("b", "", ["a"]).map(({ field }) => field)).toEqual(["personId", "reason"]);
  });

  it("writes and reads populations", () => {
    for (const text of ["body", "team:t", "employer:A: B Council", "kind:agent"]) {
      const read = readPopulation(text);
      expect(read && writePopulation(read)).toBe(text);
    }
    for (const text of ["", "team", "team:", "body:x", "role:x"]) expect(readPopulation(text)).toBeNull();
  });
});
