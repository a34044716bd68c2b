import { expect, it } from "vitest";
import { journeyFaults } from "./journey.ts";

const content = [
  { file: "rules.yaml", obligations: [{ feature: "records" as const }, {}], served: { "S1.1": "wizard" } as const },
];
const messages = (text: string) => journeyFaults(content, [{ name: "a.spec.ts", text }]).map(({ message }) => message);

it("every feature that is named has a test with its tag", () => {
  expect(
    messages(`test("x", { tag: "@feature:records" }, f); test("y", { tag: ["@slow", "@feature:wizard"] }, f);`),
  ).toEqual([]);
  expect(messages(`test("x", { tag: "@feature:wizard" }, f);`)).toEqual([
    'The feature "records" is named here, and no journey tests it. Tag the test that does: @feature:records.',
  ]);
});

it("text in a comment or a string is not a tag", () => {
  const text = `// test("x", { tag: "@feature:records" }, f);\ntest("@feature:wizard", f);`;
  expect(messages(text)).toHaveLength(2);
});

it("a tag that names no feature is a fault", () => {
  const text = `test("x", { tag: ["@feature:records", "@feature:wizard", "@feature:recrods"] }, f);`;
  expect(messages(text)).toEqual(['There is no feature "recrods". Correct the tag.']);
});
