import { expect, it } from "vitest";
import { policyWordsSchema, SHARED_WORDS, wordProblems } from "./policy-words.ts";
import { RESULT_SENTENCES, resultWords, VERDICT_WORDS, verdictWord } from "./verdict.ts";

it("is the words about messages where a policy has none", () => {
  expect(SHARED_WORDS).toMatchObject({ question: "May I send this?", check: "Check a message" });
  expect(verdictWord({ words: SHARED_WORDS }, "never")).toBe(VERDICT_WORDS.never);
  expect(resultWords({}, "allowed")).toBe(RESULT_SENTENCES.allowed);
});

it("asks a policy with its own question for each headline that would speak of sending", () => {
  const words = policyWordsSchema.parse({ question: "May I use this tool?", results: { allowed: "You can use it." } });
  expect(wordProblems(words, new Set(["allowed", "with-care", "exception-only"] as const))).toEqual([
    expect.stringMatching(/^words\.results\.with-care: .*May I use this tool\?/) as string,
  ]);
  expect(wordProblems(SHARED_WORDS, new Set(["allowed"] as const))).toEqual([]);
});

it("refuses a word too long for a cell, and a verdict that there is not", () => {
  expect(policyWordsSchema.safeParse({ verdicts: { never: "n".repeat(41) } }).success).toBe(false);
  expect(policyWordsSchema.safeParse({ verdicts: { perhaps: "Perhaps" } }).success).toBe(false);
});
