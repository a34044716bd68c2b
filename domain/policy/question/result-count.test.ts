import { expect, it } from "vitest";
import { ruleSchema } from "#domain/policy/decision/rule-file.ts";
import { shownResultCounts } from "./question.ts";

const rules = [
  { id: "file", verdict: "never", says: "Do not send the file." },
  { id: "photo", verdict: "allowed" },
].map((rule) => ruleSchema.parse(rule));

it("shows a count from five on, those that were no answer first", () => {
  const counts = [
    { rule: "photo", yes: 5, no: 4 },
    { rule: "file", yes: 0, no: 7 },
    { rule: "gone", yes: 6, no: 0 },
    { rule: "few", yes: 4, no: 4 },
  ];
  expect(shownResultCounts(counts, { rules })).toEqual([
    { rule: "file", verdict: "never", sentence: "Do not send the file.", yes: null, no: 7 },
    { rule: "gone", verdict: null, sentence: "gone", yes: 6, no: null },
    { rule: "photo", verdict: "allowed", sentence: "You can send it.", yes: 5, no: null },
  ]);
});
