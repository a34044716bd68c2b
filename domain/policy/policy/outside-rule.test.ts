import { describe, expect, it } from "vitest";
import { bindsBody, outsideRuleProblems, outsideRulesSchema, stateInWords } from "./outside-rule.ts";

const RULE = {
  id: "one",
  title: "One",
  state: "in-force",
  since: "2026-06-19",
  means: "Do this.",
  binds: { types: ["council"], nations: ["england"] },
  because: "it is a council",
  notBecause: "it is none",
  href: "https://www.legislation.gov.uk/",
};

describe("bindsBody", () => {
  const council = { type: "council", nation: "scotland" } as const;
  it("checks both type and nation", () => {
    expect(bindsBody({ binds: { types: ["council"], nations: ["scotland"] } }, council)).toBe(true);
    expect(bindsBody({ binds: { types: ["council"], nations: ["england"] } }, council)).toBe(false);
    expect(bindsBody({ binds: { types: ["parliament"] } }, council)).toBe(false);
  });
  it("sets no limit for anything left out", () => expect(bindsBody({ binds: {} }, council)).toBe(true));
});

describe("outsideRulesSchema", () => {
  const problemsOf = (...rules: object[]) => {
    const parsed = outsideRulesSchema.safeParse(rules);
    return parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join("."));
  };
  it("accepts a complete rule", () => expect(problemsOf(RULE)).toEqual([]));
  it.each([
    ["an unknown field", { ...RULE, note: "x" }, ""],
    ["a type of body that is no name", { ...RULE, binds: { types: ["A school"] } }, "binds.types.0"],
    ["an address that is not https", { ...RULE, href: "javascript:alert(1)" }, "href"],
    ["no known state", { ...RULE, state: "repealed" }, "state"],
    ["a day that does not exist", { ...RULE, since: "2026-02-30" }, "since"],
    ["a day to watch without what for", { ...RULE, watch: [{ on: "2027-01-31" }] }, "watch.0.what"],
    ["what it means where nobody checked it", { ...RULE, isChecked: false }, "means"],
    ["no meaning of a checked one", { ...RULE, means: null }, "means"],
    ["no link to one that is not checked", { ...RULE, isChecked: false, means: null, href: null }, "href"],
    ["a policy without clauses", { ...RULE, clauses: { model: [] } }, "clauses.model"],
    ["no reason for those it leaves out", { ...RULE, notBecause: null }, "notBecause"],
  ])("refuses %s", (_, rule, path) => expect(problemsOf(rule)).toEqual([["0", path].filter(Boolean).join(".")]));
  it("refuses two rules with one id", () => expect(problemsOf(RULE, RULE)).toEqual(["1.id"]));
});

it("names clauses that no version of the policy has, and leaves policies alone that are not there", () => {
  const [rule] = outsideRulesSchema.parse([{ ...RULE, clauses: { model: ["1.1", "9.9"], gone: ["1.1"] } }]);
  const known = (policy: string) => (policy === "model" ? new Set(["1.1"]) : null);
  expect(outsideRuleProblems(rule ? [rule] : [], known)).toEqual([
    '0.clauses.model: no version of the policy has a clause "9.9".',
  ]);
});

it.each([
  ["in-force", "2026-06-19", "In force since 19 June 2026."],
  ["in-force", null, "In force."],
  ["under-review", "2026-07-02", "Under review since 2 July 2026."],
  ["coming", "2026-12-01", "Coming into force on 1 December 2026."],
  ["coming", "2026-11-30", "In force since 30 November 2026."],
  ["coming", null, "Coming. The day is not known."],
  ["unknown", null, "Not known whether it is in force."],
] as const)("says the state of %s since %s", (state, since, words) =>
  expect(stateInWords({ state, since }, "2026-11-30")).toBe(words),
);
