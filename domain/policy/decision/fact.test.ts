import { expect, it } from "vitest";
import { factSetSchema } from "./fact.ts";

const fact = (...answers: string[]) => ({
  ask: "Which?",
  answers: Object.fromEntries(answers.map((answer) => [answer, answer])),
});
const faultsOf = (facts: unknown) => JSON.stringify(factSetSchema.safeParse(facts).error?.issues ?? []);

it.each(["policy", "ask", "kind", "rows", "columns", "was", "version", "since", "constructor"])(
  "has no fact called %s: addresses use the name",
  (name) => {
    expect(faultsOf({ [name]: fact("one", "two") })).toContain("taken by the portal's addresses; choose another");
  },
);

it("has no answer called any, which stands for all answers in an address", () => {
  expect(faultsOf({ tool: fact("one", "any") })).toContain("stands for every answer in addresses; choose another name");
  expect(faultsOf({ any: fact("one", "anyone") })).toBe("[]");
});
