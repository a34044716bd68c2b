import { describe, expect, it } from "vitest";
import { factSetSchema } from "./fact.ts";
import { parseRules } from "./parse-rules.ts";

const known = factSetSchema.parse({
  audience: { ask: "Who?", answers: { colleague: "A colleague", child: "A child" } },
  content: { ask: "How sensitive?", answers: { sensitive: "Sensitive", plain: "Not sensitive" } },
});
const file = (more: object) => ({
  facts: ["audience", "content"],
  matrix: { rows: "audience", columns: "content" },
  rules: [{ id: "rest", verdict: "never", because: ["1.1"] }],
  ...more,
});
const parse = (more: object) => parseRules(file(more), known, "rules.yaml");

describe("the order of questions in a rules file", () => {
  it("is fixed if the author says so, and otherwise left to the portal", () => {
    expect(parse({})).toMatchObject({ faults: [], rules: { table: { isOrderFixed: false } } });
    expect(parse({ order: "fixed" })).toMatchObject({ faults: [], rules: { table: { isOrderFixed: true } } });
  });

  it.each(["adaptive", "Fixed", true, ["audience", "content"], null])("is a fault where it is %j", (order) => {
    const { rules, faults } = parse({ order });
    expect(faults.map(({ message }) => message)).toEqual([
      'order: write "fixed" to ask in the order of facts, or leave it out',
    ]);
    expect(rules?.table.isOrderFixed).toBe(false);
  });

  it("is a fault under another name", () => {
    expect(parse({ ordr: "fixed" }).faults).toHaveLength(1);
  });
});
