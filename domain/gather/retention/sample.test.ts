import { expect, it } from "vitest";
import { sampleCountInWords, numberOfPseudonym, samplePseudonym } from "./sample.ts";

it("names a count, in one or many", () => {
  expect(sampleCountInWords("session", 1)).toBe("1 session: ended");
  expect(sampleCountInWords("exception", 1200)).toBe("1,200 exceptions: deleted");
});

it("makes pseudonyms that are told from real names, and an address that nobody has", () => {
  expect(samplePseudonym("nao", 12)).toEqual({ name: "Invented person 12", email: "invented-person-12@nao.invalid" });
  for (const number of [1, 9, 10, 123_456]) expect(numberOfPseudonym(samplePseudonym("nao", number).name)).toBe(number);
  for (const name of [
    "Invented person",
    "Invented person 0",
    "Invented person 1 ",
    "An Invented person 1",
    "Invented person 1a",
  ])
    expect(numberOfPseudonym(name)).toBeNull();
});
