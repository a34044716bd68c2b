import { describe, expect, it } from "vitest";
import { buildTable } from "#domain/policy/decision/decision-table.ts";
import { factSetSchema } from "#domain/policy/decision/fact.ts";
import { ruleSchema } from "#domain/policy/decision/rule-file.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { evaluateRequest, type EvaluatedBy } from "./evaluate.ts";

const questions = factSetSchema.parse({
  audience: { ask: "Who?", answers: { colleague: "A colleague", citizen: "A citizen" } },
  content: { ask: "What?", answers: { sensitive: "Sensitive", harmless: "Harmless" } },
});
const rules = [
  { id: "outside", when: { audience: ["citizen"] }, verdict: "never", because: ["1.1"], contacts: ["officer"] },
  { id: "inside", when: { content: ["harmless"] }, verdict: "allowed", because: ["1.1"], says: "You can." },
].map((rule) => ruleSchema.parse(rule));
const contacts = ["officer", "other"].map((id) => ({ id, name: id, for: "Questions", address: null }));

/** A policy with a gap: it says nothing about sensitive content for a colleague. */
const version = {
  slug: "gap",
  version: "1",
  hash: "0".repeat(64),
  questions,
  wording: {},
  frontMatter: { status: "in force" },
  clauses: [{ id: "1.1", text: "Take care." }],
  table: buildTable(Object.entries(questions), rules, []),
  days: [],
  exceptionRules: { lifts: [], binding: ["1.1"] },
} as unknown as PolicyVersion;
const shared = factSetSchema.parse({ device: { ask: "Which?", answers: { work: "Work", own: "Own" } } });
const by: EvaluatedBy = {
  version,
  state: "in-force",
  day: "2026-11-30",
  body: { contacts } as unknown as Body,
  shared,
};

describe("a request to evaluate", () => {
  it("gets the verdict with its reasons and contacts", () => {
    expect(evaluateRequest(by, { facts: { audience: "citizen", device: "work" } })).toMatchObject({
      ok: true,
      resource: {
        settled: true,
        verdict: "never",
        rule: "outside",
        says: null,
        unless: null,
        reasons: [{ clause: "1.1", text: "Take care." }],
        contacts: [{ id: "officer" }],
      },
    });
  });

  it("says of a never that an exception can change it, where one can and the situation has none", () => {
    const asked = { ask: "Is there one?", answers: { yes: "Yes", no: "No" } };
    const facts = { ...questions, ...factSetSchema.parse({ exception: asked }) };
    const under = ruleSchema.parse({
      id: "under",
      when: { exception: ["yes"] },
      verdict: "with-care",
      because: ["1.1"],
    });
    const table = buildTable(Object.entries(facts), [under, ...rules], []);
    const unless = (lifts: string[], exception: string) => {
      const liftable = { ...version, questions: facts, table, exceptionRules: { lifts, binding: ["1.1"] } };
      const answer = evaluateRequest(
        { ...by, version: liftable as unknown as PolicyVersion },
        { facts: { audience: "citizen", exception } },
      );
      return answer.ok && "unless" in answer.resource ? answer.resource.unless : undefined;
    };
    expect(unless(["1.1"], "no")).toBe("unless an exception is approved");
    expect(unless([], "no")).toBeNull();
    expect(unless(["1.1"], "yes")).toBeNull();
  });

  it("returns the answers in the order of the situations", () => {
    const situations = ["citizen", "colleague", "citizen"].map((audience) => ({
      facts: { audience, content: "harmless" },
    }));
    expect(evaluateRequest(by, { situations })).toMatchObject({
      resource: { results: [{ rule: "outside" }, { rule: "inside", says: "You can." }, { rule: "outside" }] },
    });
  });

  it("gets no verdict if no rule decides: nothing is assumed, and the request does not fail", () => {
    const gap = { ok: false, code: "no-verdict", detail: expect.stringContaining("No rule decides") as string };
    expect(evaluateRequest(by, { facts: { audience: "colleague", content: "sensitive" } })).toMatchObject(gap);
    expect(evaluateRequest(by, { facts: {} })).toMatchObject(gap);
    const one = { facts: { audience: "citizen" } };
    expect(evaluateRequest(by, { situations: [one, { facts: { content: "sensitive" } }] })).toMatchObject(gap);
  });

  it("is checked as a whole before anything is evaluated", () => {
    const situations = [{ facts: { audience: "colleague", content: "sensitive" } }, { facts: { audience: "nobody" } }];
    expect(evaluateRequest(by, { situations })).toMatchObject({
      ok: false,
      code: "invalid-request",
      errors: [{ pointer: "/situations/1/facts/audience" }],
    });
  });
});
