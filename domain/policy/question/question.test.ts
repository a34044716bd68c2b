import { expect, it } from "vitest";
import {
  byTrouble,
  hasUnsure,
  isSameClause,
  LONGEST_QUESTION,
  mayAnswer,
  mayReadQuestion,
  questionProblems,
} from "./question.ts";

const asked = { body: "nao", personId: "asker" };
const owner = { personId: "owner", roles: ["policy-owner" as const], body: "nao" };

it("is answered by the policy owner of its body, never by the person who asked", () => {
  expect(mayAnswer(owner, asked)).toBe(true);
  expect(mayAnswer({ ...owner, personId: "asker" }, asked)).toBe(false);
  expect(mayAnswer({ ...owner, body: "nottingham" }, asked)).toBe(false);
  expect(mayAnswer({ ...owner, roles: ["governance-officer"] }, asked)).toBe(false);
});

it("is read by the person who asked and by policy owners of its body", () => {
  expect(mayReadQuestion({ ...owner, personId: "asker", roles: ["employee"] }, asked)).toBe(true);
  expect(mayReadQuestion({ ...owner, roles: ["employee"] }, asked)).toBe(false);
  expect(mayReadQuestion(owner, asked)).toBe(true);
  expect(mayReadQuestion({ ...owner, body: "nottingham" }, asked)).toBe(false);
});

it("needs text, but not too much", () => {
  expect(questionProblems("question", "")).toEqual([{ field: "question", message: "Write your question." }]);
  expect(questionProblems("question", "📱".repeat(LONGEST_QUESTION))).toEqual([]);
  expect(questionProblems("question", "📱".repeat(LONGEST_QUESTION + 1))).toHaveLength(1);
});

it("keeps a note only under the same words of the same clause", () => {
  expect(isSameClause({ id: "1", text: "a" }, { id: "1", text: "a" })).toBe(true);
  expect(isSameClause({ id: "1", text: "a" }, { id: "1", text: "b" })).toBe(false);
  expect(isSameClause({ id: "1", text: "a" }, { id: "2", text: "a" })).toBe(false);
});

it("recognises an answer that is treated as another", () => {
  const plain = { label: "Yes", hint: null, when: null, as: null };
  const fact = {
    ask: "?",
    short: "?",
    help: null,
    ordered: true,
    answers: { yes: plain, dunno: { ...plain, as: "yes" } },
  };
  expect(hasUnsure({ fact }, { fact: "dunno" })).toBe(true);
  expect(hasUnsure({ fact }, { fact: "yes", other: "dunno" })).toBe(false);
});

it("puts the clauses with the highest counts first and separates the others", () => {
  const none = { questions: 0, suggestions: 0, exceptions: 0, refusals: 0, unsure: 0 };
  const a = { ...none, id: "a", unsure: 1 };
  const b = { ...none, id: "b", questions: 1, refusals: 1 };
  const c = { ...none, id: "c", exceptions: 1 };
  const d = { ...none, id: "d" };
  expect(byTrouble([a, d, b, c])).toEqual({ troubled: [b, a, c], quiet: [d] });
});
