import { describe, expect, it } from "vitest";
import { rule } from "#domain/testing/generated-table.ts";
import { buildTable } from "./decision-table.ts";
import { decide } from "./decide.ts";
import { offersOf } from "./offer.ts";

const answers = (...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, { label: name, hint: null, when: null, as: null }]));
const fact = (...names: string[]) => ({ ask: "?", short: "?", help: null, ordered: false, answers: answers(...names) });
const group = { fact: "chat", answer: "approved" };

/** Nothing for a child; work in a registered group alone; talk anywhere. */
const table = buildTable(
  [
    ["audience", fact("colleague", "child")],
    ["purpose", fact("work", "talk", "call")],
    ["chat", fact("one", "approved")],
  ],
  [
    rule("child", { audience: ["child"] }, "never"),
    rule("talk", { purpose: ["talk"] }, "allowed"),
    rule("call", { purpose: ["call"] }, "discouraged"),
    rule("group", { chat: ["approved"] }, "with-care", ["members"]),
    rule("rest", {}, "exception-only"),
  ],
  [
    { id: "members", text: "Keep the list.", because: ["1"], feature: "groups" },
    { id: "keep", text: "Keep it.", because: ["1"], feature: "records" },
  ],
);
const offers = (given: Record<string, string>, served = {}) => {
  const decision = decide(table, given);
  if (!decision.settled) throw new Error("Not settled.");
  return offersOf(table, { answers: given, rule: decision.rule, served, group });
};

describe("what is offered beside a result", () => {
  it("is nothing where nothing may be sent, whatever the group", () => {
    expect(offers({ audience: "child" })).toEqual({ mayCapture: false, mayRegister: false });
  });

  it("is a group where a group would make the difference, or where one is", () => {
    const work = { audience: "colleague", purpose: "work" };
    expect(offers({ ...work, chat: "one" })).toEqual({ mayCapture: false, mayRegister: true });
    expect(offers({ ...work, chat: "approved" })).toEqual({ mayCapture: true, mayRegister: true });
    expect(offers({ audience: "colleague", purpose: "talk" })).toEqual({ mayCapture: true, mayRegister: false });
    expect(offers({ audience: "colleague", purpose: "call" })).toEqual({ mayCapture: true, mayRegister: false });
  });

  it("is no record where the policy speaks of none, and no group where none is known", () => {
    const bare = { ...table, obligations: new Map() };
    const talk = { audience: "colleague", purpose: "talk" };
    const decision = decide(bare, talk);
    if (!decision.settled) throw new Error("Not settled.");
    const result = { answers: talk, rule: decision.rule, group: null };
    expect(offersOf(bare, { ...result, served: {} })).toEqual({ mayCapture: false, mayRegister: false });
    expect(offersOf(bare, { ...result, served: { "S1.1": "records" } })).toMatchObject({ mayCapture: true });
  });
});
