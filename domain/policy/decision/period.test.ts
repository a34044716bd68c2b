import { describe, expect, it } from "vitest";
import { factSetSchema } from "./fact.ts";
import { buildPeriods, changeDays, holdsOn, nextChange } from "./period.ts";
import { provePeriods } from "./prove.ts";
import { exampleSchema, ruleSchema } from "./rule-file.ts";

const facts = Object.entries(
  factSetSchema.parse({ team: { ask: "Which?", answers: { listed: "Listed", other: "Other" } } }),
);
const rules = [
  { id: "listed", until: "2027-03-31", when: { team: ["listed"] }, verdict: "with-care", because: ["1"] },
  {
    id: "over",
    from: "2027-04-01",
    until: "2027-06-30",
    when: { team: ["listed"] },
    verdict: "discouraged",
    because: ["1"],
  },
  { id: "rest", verdict: "never", because: ["1"] },
].map((rule) => ruleSchema.parse(rule));
const periods = buildPeriods(facts, rules, []);
const verdictOn = (day: string) => {
  const { table } = periods.findLast(({ from }) => from === null || from <= day) ?? periods[0];
  return table.rules[table.diagrams.valueAt(table.winner, [0])]?.verdict;
};

describe("rules that begin or end on a day", () => {
  it("hold on both their days", () => {
    const rule = { from: "2027-04-01", until: "2027-06-30" };
    const on = (day: string) => holdsOn(rule, day);
    expect(["2027-03-31", "2027-04-01", "2027-06-30", "2027-07-01"].map(on)).toEqual([false, true, true, false]);
    expect(holdsOn({}, "0001-01-01")).toBe(true);
  });

  it("divide time into periods without a gap or an overlap", () => {
    expect(changeDays(rules)).toEqual(["2027-04-01", "2027-07-01"]);
    expect(periods.map(({ from, until }) => [from, until])).toEqual([
      [null, "2027-03-31"],
      ["2027-04-01", "2027-06-30"],
      ["2027-07-01", null],
    ]);
    expect(buildPeriods(facts, rules.slice(2), [])).toHaveLength(1);
  });

  it("decide by the day before and by the day itself", () => {
    expect(["2027-03-31", "2027-04-01", "2027-06-30", "2027-07-01"].map(verdictOn)).toEqual([
      "with-care",
      "discouraged",
      "discouraged",
      "never",
    ]);
  });

  it("tell the next change of an answer, and none that changes nothing", () => {
    const [first, second] = periods;
    const listed = { team: "listed" };
    expect(nextChange(periods, first.table, listed)).toMatchObject({ until: "2027-03-31", rule: { id: "over" } });
    expect(second && nextChange(periods, second.table, listed)).toMatchObject({
      from: "2027-07-01",
      rule: { id: "rest" },
    });
    expect(nextChange(periods, first.table, { team: "other" })).toBeNull();
    expect(nextChange(periods, first.table, {})).toBeNull();
  });
});

describe("the proof of each period", () => {
  const prove = (some: typeof rules, examples: object[] = []) =>
    provePeriods(
      buildPeriods(facts, some, []),
      new Set(["1"]),
      examples.map((one) => exampleSchema.parse(one)),
      "f",
    );

  it("counts the situations of all", () => {
    expect(prove(rules)).toMatchObject({ periods: 3, situations: 6, undecided: 0, faults: [] });
  });

  it("finds a gap that opens when a rule ends, and says when", () => {
    const [fault] = prove([ruleSchema.parse({ ...rules[2], id: "all", until: "2027-03-31" })]).faults;
    expect(fault).toMatchObject({
      kind: "undecided",
      message: expect.stringMatching(/^From 1 April 2027: /) as string,
    });
  });

  it("finds a rule that another hides until a day", () => {
    const after = ruleSchema.parse({ ...rules[1], id: "after", from: undefined, until: undefined });
    const found = prove([rules[0], after, rules[2]].flatMap((rule) => rule ?? [])).faults;
    expect(found).toMatchObject([
      { kind: "unreachable", rule: "after", message: expect.stringMatching(/^Until 31 March 2027: /) as string },
    ]);
  });

  it("holds an example against its day, or against every period", () => {
    const example = { name: "A listed team", facts: { team: "listed" }, verdict: "with-care" };
    expect(prove(rules, [{ ...example, on: "2027-03-31" }]).wrongExamples).toBe(0);
    expect(prove(rules, [{ ...example, on: "2027-04-01" }]).wrongExamples).toBe(1);
    expect(prove(rules, [example]).wrongExamples).toBe(2);
  });
});

it("refuses a day that does not exist", () => {
  expect(ruleSchema.safeParse({ id: "a", verdict: "never", until: "2027-02-29" }).success).toBe(false);
  expect(ruleSchema.safeParse({ id: "a", verdict: "never", from: "2027-02" }).success).toBe(false);
});
