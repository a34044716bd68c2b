import { expect, it } from "vitest";
import { rule } from "#domain/testing/generated-table.ts";
import type { ChangeLine } from "#domain/policy/decision/difference.ts";
import { buildTable } from "#domain/policy/decision/decision-table.ts";
import type { Fact } from "#domain/policy/decision/fact.ts";
import { changeSentence, decidingSentence, outcomeSentences, questionSentence } from "./change-sentence.ts";

const fact = (answers: Record<string, string>): Fact => ({
  ask: "?",
  short: "?",
  help: null,
  ordered: false,
  answers: Object.fromEntries(
    Object.entries(answers).map(([answer, label]) => [
      answer,
      { label, hint: null, when: `it is ${answer}`, as: null },
    ]),
  ),
});
const VERSION = {
  slug: "a",
  version: "1",
  wording: {},
  table: buildTable(
    [
      ["audience", fact({ colleague: "A colleague", partner: "A partner or a councillor", resident: "A resident" })],
      [
        "purpose",
        fact({ photo: "Sending a photo", call: "A call", times: "Times, places or cover", order: "IT orders" }),
      ],
      ["content", fact({ sensitive: "Sensitive", plain: "Not sensitive" })],
      ["device", fact({ work: "Work", own: "Own" })],
      ["chat", fact({ single: "One", many: "Many" })],
      ["exception", fact({ yes: "Yes", no: "No" })],
    ],
    [rule("all", {}, "never")],
    [],
  ),
};
const sentence = (line: Partial<ChangeLine>) =>
  changeSentence({ from: "exception-only", to: "never", about: {}, when: {}, isAll: true, ...line }, [VERSION]);
const THEN = ": was “Only with an exception”, now “Never”.";

it.each<[Partial<ChangeLine>, string]>([
  [{ about: { purpose: ["photo"], audience: ["resident"] } }, "Sending a photo to a resident"],
  [
    { about: { purpose: ["call"], audience: ["partner", "resident"] } },
    "A call, for a partner, a councillor or a resident",
  ],
  [{ about: { purpose: ["photo", "times"] } }, "Sending a photo; or times, places or cover"],
  [{ about: { audience: ["resident"] } }, "Any message to a resident"],
  [{ about: { purpose: ["order"] } }, "IT orders"],
  [{}, "Any message"],
  [{ about: { purpose: ["call"] }, when: { content: ["sensitive"] } }, "A call, if it is sensitive"],
  [{ about: { purpose: ["call"] }, isAll: false }, "A call, in some cases"],
  [{ about: { purpose: ["call"] }, when: { exception: ["no"] } }, "A call"],
  [
    { about: { purpose: ["call"] }, when: { content: ["sensitive"], device: ["own"], chat: ["many"] } },
    "A call, in some cases",
  ],
])("%j is “%s”", (line, words) => {
  expect(sentence(line)).toBe(words + THEN);
});

it("says once what an answer to a new question decides", () => {
  expect(decidingSentence({ fact: "device", answer: "own", verdict: "never" }, [VERSION])).toBe(
    "If it is own: “Never”, whatever else you answer.",
  );
});

it("says that nothing changes only where nothing is gone", () => {
  const words = (of: Partial<Parameters<typeof outcomeSentences>[0]>) =>
    outcomeSentences({ changed: 0, situations: 1200, gone: [], fresh: [], ...of }, [{}, {}]);
  const part = (verdict: "never" | "allowed", situations: number) => ({ verdict, situations, groups: [] });
  expect(words({})).toEqual(["The answer is the same in all 1,200 situations."]);
  expect(words({ changed: 1 })).toEqual(["1 of 1,200 situations has a different answer."]);
  expect(words({ gone: [part("never", 3), part("allowed", 1000)], fresh: [part("never", 1)] })).toEqual([
    "The answer is the same in the 1,200 situations that both versions know.",
    "1,003 situations no longer have an answer: 3 were “Never” and 1,000 “Allowed”.",
    "1 situation is new: 1 is “Never”.",
  ]);
  expect(words({ situations: 0, gone: [part("allowed", 1)] })).toEqual([
    "1 situation no longer has an answer: 1 was “Allowed”.",
  ]);
});

it("names an answer that went with the verdict that it had", () => {
  const change = { fact: "purpose", answer: "photo", change: "removed", verdicts: ["never", "with-care"] } as const;
  expect(questionSentence(change, [VERSION, VERSION])).toBe(
    "“Sending a photo” is no longer an answer to “?”: it was “Never” or “With care”.",
  );
  expect(questionSentence({ ...change, answer: null, verdicts: [] }, [VERSION, VERSION])).toBe("No longer asked: “?”");
});
