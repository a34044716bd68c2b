import { describe, expect, it } from "vitest";
import { ledgerOf, ledgerSentences, promptedOn, type Clearing, type HoldTime, type LedgerInput } from "./ledger.ts";

const rule = { clearEveryDays: 7, keepYears: null };
const period = (from: string, to: string, dueOn: string) => ({ from, to, dueOn, rule });
const FIRST = period("2026-12-01", "2026-12-07", "2026-12-08"); // a Tuesday
const SECOND = period("2026-12-08", "2026-12-14", "2026-12-15");
const at = (text: string) => new Date(`${text}:00Z`);
const cleared = (dueOn: string, when: string): Clearing => ({
  dueOn,
  at: at(when),
  by: "Ann Example",
  ofEverybody: true,
  recordsMovedTo: "",
});
const hold = (from: string, until: string | null): HoldTime => ({
  reference: "HLD-1",
  from: at(from),
  until: until === null ? null : at(until),
});

const ledger = (clearings: Clearing[], holds: HoldTime[], now: string, more: Partial<LedgerInput> = {}) =>
  ledgerOf({
    periods: [FIRST, SECOND],
    clearedBy: () => [clearings],
    holds,
    stops: [],
    at: at(now),
    holidays: new Set(),
    ...more,
  });
const states = (...input: Parameters<typeof ledger>) => ledger(...input).map(({ state }) => state);

describe("what became of a period", () => {
  it("was cleared in time or late, by the clear-down that included it", () => {
    const both = [cleared("2026-12-08", "2026-12-08T10:00"), cleared("2026-12-15", "2026-12-16T10:00")];
    expect(states(both, [], "2026-12-20T10:00")).toEqual(["cleared", "cleared"]);
    expect(states([cleared("2026-12-15", "2026-12-15T10:00")], [], "2026-12-20T10:00")).toEqual(["late", "cleared"]);
  });

  it("is due, then missed after one working day", () => {
    expect(states([], [], "2026-12-15T10:00")).toEqual(["missed", "due"]);
    expect(states([], [], "2026-12-16T10:00")).toEqual(["missed", "missed"]);
    expect(states([], [], "2026-12-08T10:00")[0]).toBe("due");
  });

  it("is held while a hold is in force, due again when it ends, and cleared afterwards", () => {
    const standing = hold("2026-12-07T10:00", null);
    expect(states([], [standing], "2026-12-20T10:00")).toEqual(["held", "held"]);
    const ended = hold("2026-12-07T10:00", "2026-12-18T10:00");
    expect(states([], [ended], "2026-12-18T11:00")).toEqual(["due", "due"]);
    expect(states([], [ended], "2026-12-21T11:00")).toEqual(["missed", "missed"]);
    const after = [cleared("2026-12-15", "2026-12-19T10:00")];
    expect(states(after, [ended], "2026-12-20T10:00")).toEqual(["after-hold", "after-hold"]);
  });

  it("is not affected by a hold placed after it was cleared, or ended before it was due", () => {
    const done = [cleared("2026-12-08", "2026-12-08T10:00"), cleared("2026-12-15", "2026-12-15T10:00")];
    expect(states(done, [hold("2026-12-15T11:00", null)], "2026-12-20T10:00")).toEqual(["cleared", "cleared"]);
    expect(states(done, [hold("2026-11-01T11:00", "2026-11-20T11:00")], "2026-12-20T10:00")[0]).toBe("cleared");
  });

  it("waits for every sender", () => {
    const one = [cleared("2026-12-15", "2026-12-08T10:00")];
    const entries = ledger([], [], "2026-12-08T10:00", { clearedBy: () => [one, []] });
    expect(entries.map(({ state, open }) => [state, open])).toEqual([
      ["due", 1],
      ["due", 1],
    ]);
    expect(ledgerSentences(entries[0] ?? fail(), "sender").at(-1)).toBe("One sender has not confirmed it yet.");
  });
});

it("is prompted again on the day on which the last hold ended", () => {
  expect(promptedOn("2026-12-08", [])).toBe("2026-12-08");
  expect(promptedOn("2026-12-08", [hold("2026-12-01T10:00", "2026-12-10T10:00")])).toBe("2026-12-10");
});

describe("the sentences", () => {
  const sentences = (...input: Parameters<typeof ledger>) =>
    ledgerSentences(ledger(...input)[0] ?? fail(), "administrator");

  it("say which rule applied, when it was cleared and by whom", () => {
    expect(sentences([cleared("2026-12-08", "2026-12-08T10:00")], [], "2026-12-20T10:00")).toEqual([
      "Messages from 1 December 2026 to 7 December 2026 were due to be cleared on 8 December 2026. Messages are cleared every 7 days.",
      "On 8 December 2026 Ann Example confirmed that every member’s copy is cleared. Nothing in them was of value for the record.",
    ]);
  });

  it("leave out names and holds for readers who may not see them", () => {
    const unnamed = { ...cleared("2026-12-08", "2026-12-12T10:00"), by: null, recordsMovedTo: "Case 12." };
    const secret = { ...hold("2026-12-07T10:00", "2026-12-11T10:00"), reference: "" };
    expect(sentences([unnamed], [secret], "2026-12-20T10:00").slice(1)).toEqual([
      "They were not cleared then, because a hold stood from 7 December 2026 to 11 December 2026.",
      "On 12 December 2026 an administrator of the group confirmed that every member’s copy is cleared. What was of value was moved to the record first: Case 12.",
    ]);
  });

  it("tell an administrator's own copy from everybody's, and what was not asked", () => {
    const whose = (ofEverybody: boolean | null) =>
      sentences([{ ...cleared("2026-12-08", "2026-12-08T10:00"), ofEverybody }], [], "2026-12-20T10:00").at(-1);
    expect(whose(false)).toContain("The copy of Ann Example alone was cleared");
    expect(whose(false)).toContain("Other members may still hold theirs.");
    expect(whose(null)).toContain("It was not asked whose copies.");
  });

  it("do not let a later hold excuse what was missed", () => {
    const late = hold("2026-12-18T10:00", "2026-12-18T15:00");
    expect(sentences([cleared("2026-12-08", "2026-12-19T10:00")], [late], "2026-12-20T10:00").slice(1, 3)).toEqual([
      "Nobody confirmed it in time.",
      "The hold HLD-1 stopped it on 18 December 2026.",
    ]);
    expect(sentences([], [hold("2026-12-18T10:00", null)], "2026-12-20T10:00").slice(1)).toEqual([
      "Nobody confirmed it in time.",
      "Since 18 December 2026, the hold HLD-1 has stopped it.",
    ]);
  });

  it("say what was missed, and where somebody was in doubt", () => {
    const stop = { dueOn: "2026-12-08", cause: "unsure", at: at("2026-12-08T10:00"), by: null };
    expect(
      ledgerSentences(ledger([], [], "2026-12-20T10:00", { stops: [stop] })[0] ?? fail(), "administrator").slice(1),
    ).toEqual([
      "An administrator did not clear them on 8 December 2026, because they were not sure whether anybody had asked for them.",
      "Nobody has confirmed that they were cleared. They may still be held.",
    ]);
  });
});

function fail(): never {
  throw new Error("There is no entry.");
}
