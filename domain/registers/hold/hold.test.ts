import { describe, expect, it } from "vitest";
import {
  endHoldProblems,
  HOLD_ANSWERS,
  lawOnDeleting,
  LONGEST_HOLD_TEXT,
  mayDelete,
  holdProblems,
  speaksOfDeleting,
  type RequestedHold,
} from "./hold.ts";

const TODAY = "2026-11-24";
const wanted: RequestedHold = {
  reason: "foi",
  occurredOn: TODAY,
  keep: "All about the park.",
  note: "",
  targets: 1,
  isOnSubject: false,
};
const fields = (more: Partial<RequestedHold>) => holdProblems({ ...wanted, ...more }, TODAY).map(({ field }) => field);

describe("placing a hold", () => {
  it("requires a reason, what to keep and somebody it concerns", () => {
    expect(fields({})).toEqual([]);
    expect(fields({ targets: 0, isOnSubject: true })).toEqual([]);
    expect(fields({ reason: null, keep: "", targets: 0 })).toEqual(["reason", "keep", "onSubject"]);
    expect(fields({ keep: "x".repeat(LONGEST_HOLD_TEXT + 1), note: "x".repeat(LONGEST_HOLD_TEXT + 1) })).toEqual([
      "keep",
      "note",
    ]);
  });

  it("requires the day of a request, and refuses a future day", () => {
    expect(fields({ occurredOn: null })).toEqual(["occurredOn"]);
    expect(fields({ reason: "subject-access", occurredOn: null })).toEqual(["occurredOn"]);
    expect(fields({ reason: "inquiry", occurredOn: null })).toEqual([]);
    expect(fields({ reason: "incident", occurredOn: "2026-11-25" })).toEqual(["occurredOn"]);
  });

  it("requires a reason to end it", () => {
    expect(endHoldProblems("")).toHaveLength(1);
    expect(endHoldProblems("Answered.")).toEqual([]);
  });
});

it("lets nobody delete under a hold, if they know of a request, or in doubt", () => {
  const hold = { reference: "HLD-1", reason: "foi", keep: "All.", placedAt: new Date() } as const;
  expect(HOLD_ANSWERS.map((answer) => mayDelete([], answer))).toEqual([true, false, false]);
  expect(HOLD_ANSWERS.map((answer) => mayDelete([hold], answer))).toEqual([false, false, false]);
});

it("names the Act of the nation", () => {
  expect(lawOnDeleting({ nation: "scotland" })).toContain("section 65");
  for (const nation of ["england", "wales", "northern-ireland", "uk"] as const)
    expect(lawOnDeleting({ nation })).toContain("section 77");
  const words = (nation: "scotland" | "wales") =>
    (["environmental", "subject-access", "litigation"] as const).map((reason) => lawOnDeleting({ nation }, reason));
  expect(words("wales")).toEqual([
    expect.stringContaining("(the Environmental Information Regulations 2004, regulation 19)"),
    expect.stringContaining("(the Data Protection Act 2018, section 173)"),
    expect.stringMatching(/^No information law makes it an offence/),
  ]);
  expect(words("scotland")[0]).toContain("(Scotland) Regulations 2004, regulation 19");
  expect(words("scotland").join()).not.toContain("section 77");
});

it("recognises a text about deleting", () => {
  for (const text of [
    "Every seven days, delete the last seven days' messages.",
    "remind its members every seven days to clear the chat.",
    "I must clear those chats",
    "a regular clear-down",
    "Its deletion is never guaranteed.",
    "Wipe the phone.",
  ])
    expect([text, speaksOfDeleting(text)]).toEqual([text, true]);
  for (const text of ["Make it clear who you are.", "A clear purpose.", "Clear the table.", "Keep it."])
    expect([text, speaksOfDeleting(text)]).toEqual([text, false]);
});
