import { expect, it } from "vitest";
import { confirmProblems, LONGEST_RECORDS, type SentClearDown } from "./confirm.ts";

const sent: SentClearDown = {
  dueOn: "2026-12-08",
  records: "nothing",
  recordsMovedTo: "",
  holdAnswer: "none",
  copies: "own",
};
const fields = (more: Partial<SentClearDown>, isForGroup = true) =>
  confirmProblems({ ...sent, ...more }, isForGroup).map(({ field }) => field);

it("requires both answers, and where records are now", () => {
  expect(fields({})).toEqual([]);
  expect(fields({ records: null, holdAnswer: null })).toEqual(["holdAnswer"]);
  expect(fields({ records: null })).toEqual(["records"]);
  expect(fields({ records: "moved" })).toEqual(["recordsMovedTo"]);
  expect(fields({ records: "moved", recordsMovedTo: "Case 12" })).toEqual([]);
  expect(fields({ records: "moved", recordsMovedTo: "x".repeat(LONGEST_RECORDS + 1) })).toEqual(["recordsMovedTo"]);
});

it("asks an administrator whose copies are cleared, and a sender not", () => {
  expect(fields({ copies: null })).toEqual(["copies"]);
  expect(fields({ copies: null }, false)).toEqual([]);
});

it("requires nothing more from somebody who knows of a request", () => {
  expect(fields({ records: null, holdAnswer: "known" })).toEqual([]);
  expect(fields({ records: null, holdAnswer: "unsure" })).toEqual([]);
});
