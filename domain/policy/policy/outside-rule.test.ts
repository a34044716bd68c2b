import { describe, expect, it } from "vitest";
import { bindsBody, outsideRulesSchema } from "./outside-rule.ts";

const RULE = {
  id: "one",
  title: "One",
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
    ["no reason for those it leaves out", { ...RULE, notBecause: null }, "notBecause"],
  ])("refuses %s", (_, rule, path) => expect(problemsOf(rule)).toEqual([["0", path].filter(Boolean).join(".")]));
  it("refuses two rules with one id", () => expect(problemsOf(RULE, RULE)).toEqual(["1.id"]));
});
