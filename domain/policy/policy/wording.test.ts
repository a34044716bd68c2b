import { describe, expect, it } from "vitest";
import { rule } from "#domain/testing/generated-table.ts";
import { buildTable } from "#domain/policy/decision/decision-table.ts";
import type { Fact } from "#domain/policy/decision/fact.ts";
import type { PolicyVersion } from "./policy.ts";
import { jointQuestion, situationsInASentence } from "./wording.ts";

const fact = (...answers: string[]): Fact => ({
  ask: "Who is it for?",
  short: "For",
  help: null,
  ordered: false,
  answers: Object.fromEntries(
    answers.map((answer) => [answer, { label: answer, hint: null, when: `it is for a ${answer}`, as: null }]),
  ),
});
/** The parts of a version that its wording comes from; it calls a resident a citizen. */
const version = (slug: string, ...answers: string[]) => {
  const citizen = { label: "A citizen", when: "it is for a citizen" };
  return {
    slug,
    table: buildTable([["who", fact(...answers)]], [rule("all", {}, "never")], []),
    wording: { who: { ask: "Whom do you write to?", examples: {}, answers: { resident: citizen } } },
  } as unknown as PolicyVersion; // nothing else of a version is read here
};
const [old, now, other] = [version("a", "colleague"), version("a", "colleague", "resident"), version("b", "resident")];

describe("a question of several versions", () => {
  it("uses its policy's words if all are of one policy, with every answer that one of them knows", () => {
    expect(jointQuestion([old, now], "who")).toMatchObject({
      ask: "Whom do you write to?",
      answers: [
        { answer: "colleague", label: "colleague" },
        { answer: "resident", label: "A citizen" },
      ],
    });
  });

  it("uses the shared words if they are of several policies, and is null if none asks it", () => {
    const question = jointQuestion([old, other], "who");
    expect(question).toMatchObject({ ask: "Who is it for?", answers: [{ label: "colleague" }, { label: "resident" }] });
    expect(jointQuestion([old, other], "what")).toBeNull();
  });
});

describe("situations as a sentence", () => {
  const many = [version("a", "colleague", "partner", "resident", "child")];

  it.each([
    [{ who: ["resident"] }, "If it is for a citizen."],
    [{ who: ["colleague", "partner", "child"] }, "Unless it is for a citizen."],
    [{}, "In every situation."],
  ])("%j", (when, sentence) => {
    expect(situationsInASentence(when, many)).toBe(sentence);
  });
});
