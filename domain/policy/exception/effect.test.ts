import { describe, expect, it } from "vitest";
import { buildTable } from "#domain/policy/decision/decision-table.ts";
import type { Fact } from "#domain/policy/decision/fact.ts";
import { allLifted, factOf, ruleBecause } from "#domain/testing/exception-rules.ts";
import { canBeLifted, clausesFor, effectOf } from "./effect.ts";

const AUDIENCE: [string, Fact] = ["audience", factOf("colleague", "citizen", "public")];
const EXCEPTION: [string, Fact] = ["exception", factOf("yes", "no")];
const RULES = [
  ruleBecause("colleagues", { audience: ["colleague"] }, "allowed", ["1"]),
  ruleBecause("under", { exception: ["yes"] }, "with-care", ["9"]),
  ruleBecause("citizens", { audience: ["citizen"] }, "never", ["2"]),
  ruleBecause("public", {}, "via-communications", ["2", "3"]),
];
const TABLE = buildTable([AUDIENCE, EXCEPTION], RULES, []);

describe("the effect of an exception", () => {
  it("is a laxer answer if the answer is based only on its clauses", () => {
    expect(effectOf(allLifted(TABLE), { clauses: ["2"], situation: { audience: "citizen" } })).toEqual({
      now: ["never"],
      because: ["2"],
      changes: "all",
      under: ["with-care"],
      unchanged: [],
      missing: [],
      situations: [{ label: 0, when: {}, situations: 1 }],
    });
  });

  it("is none if the answer is also based on another clause, which it names", () => {
    expect(effectOf(allLifted(TABLE), { clauses: ["2"], situation: { audience: "public" } })).toMatchObject({
      changes: "none",
      unchanged: ["via-communications"],
      missing: ["3"],
    });
  });

  it("is none, with nothing missing, if the policy has no laxer answer", () => {
    const colleague = { clauses: ["1"], situation: { audience: "colleague" } };
    expect(effectOf(allLifted(TABLE), colleague)).toMatchObject({ now: ["allowed"], changes: "none", missing: [] });
    const without = buildTable([AUDIENCE], RULES.toSpliced(1, 1), []);
    const citizen = { clauses: ["2"], situation: { audience: "citizen" } };
    expect(effectOf(allLifted(without), citizen)).toMatchObject({ now: ["never"], changes: "none", missing: [] });
  });

  it("is shown for everything that the situation leaves open", () => {
    expect(effectOf(allLifted(TABLE), { clauses: ["2"], situation: {} })).toEqual({
      now: ["never", "via-communications", "allowed"],
      because: ["1", "2", "3"],
      changes: "some",
      under: ["with-care"],
      unchanged: ["via-communications", "allowed"],
      missing: ["3"],
      situations: [{ label: 0, when: { audience: ["citizen"] }, situations: 1 }],
    });
  });

  it("is none where a rule that is not lifted forbids the same, and names what is missing", () => {
    const chat: [string, Fact] = ["chat", factOf("one-to-one", "group")];
    const rules = [...RULES.slice(0, 3), ruleBecause("groups", { chat: ["group"] }, "never", ["6"]), ...RULES.slice(3)];
    const version = allLifted(buildTable([AUDIENCE, chat, EXCEPTION], rules, []));
    const request = { clauses: ["2"], situation: { audience: "citizen" } };
    expect(effectOf(version, request)).toMatchObject({
      changes: "some",
      under: ["with-care"],
      unchanged: ["never"],
      missing: ["6"],
      situations: [{ when: { chat: ["one-to-one"] }, situations: 1 }],
    });
    expect(clausesFor(version, request.situation)).toEqual(["2", "6"]);
    expect(effectOf(version, { ...request, clauses: ["2", "6"] })).toMatchObject({ changes: "all", missing: [] });
    const barred = { ...version, exceptionRules: { ...version.exceptionRules, lifts: ["2", "3"] } };
    expect(clausesFor(barred, { audience: "citizen", chat: "group" })).toBeNull();
    expect(canBeLifted(barred, { audience: "citizen", chat: "group" })).toBe(false);
    expect(canBeLifted(barred, { audience: "citizen" })).toBe(true);
  });

  it("is none for a situation that the policy no longer knows", () => {
    for (const situation of [{ audience: "aliens" }, { weather: "rain" }])
      expect(effectOf(allLifted(TABLE), { clauses: ["2"], situation })).toMatchObject({ changes: "none" });
  });
});
