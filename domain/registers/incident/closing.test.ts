import { expect, it } from "vitest";
import type { ClosingFacts } from "./case.ts";
import { closingFields, openThings } from "./closing.ts";

const facts: ClosingFacts = {
  mayBePersonalData: true,
  awareAt: new Date("2026-11-24T09:00:00Z"),
  isClosed: false,
  answers: { people: { told: "later" } },
  deletion: "free",
  leftToDelete: ["message", "backups"],
};

it("asks for each open thing who sees to it, and for nothing that is done", () => {
  const actions = [
    { position: 1, text: "Train the team.", isDone: true },
    { position: 2, text: "Write the letter.", isDone: false },
  ];
  const things = openThings(facts, actions);
  expect(things.map(({ name, position }) => [name, position])).toEqual([
    ["action-2", 2],
    ["deletion", null],
    ["people", null],
  ]);
  expect(things[1]?.text).toBe("Delete what is left of it: the message; copies in cloud backups.");
  expect(closingFields(things).map(({ name }) => name)).toEqual(["summary", "action-2", "deletion", "people"]);
  const done = { ...facts, answers: { people: { told: "yes" } }, leftToDelete: [] };
  expect(openThings(done, [])).toEqual([]);
  expect(openThings({ ...facts, mayBePersonalData: false, deletion: "held" }, [])).toEqual([]);
});

it("does not make a second action of what was handed over at an earlier closing", () => {
  const before = openThings(facts, []).map(({ text }, index) => ({ position: index + 1, text, isDone: false }));
  expect(openThings(facts, before).map(({ position }) => position)).toEqual([1, 2]);
});
