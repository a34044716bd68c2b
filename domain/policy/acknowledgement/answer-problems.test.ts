import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { acknowledgementProblems, LONGEST_DECLINE_REASON, replyProblems } from "./acknowledgement.ts";

describe("what has to be put right", () => {
  it("is nothing in a complete answer", () => {
    expect(acknowledgementProblems({ answer: "accepted", reason: "" })).toEqual([]);
    expect(acknowledgementProblems({ answer: "declined", reason: "📱".repeat(LONGEST_DECLINE_REASON) })).toEqual([]);
    expect(replyProblems({ reply: "Yes.", theme: "other" })).toEqual([]);
  });

  it("is reported for anything else, with the number of characters", () => {
    const long = "📱".repeat(10_000);
    expect(acknowledgementProblems({ answer: "declined", reason: long })).toEqual([
      { field: "reason", message: "Shorten this to 2,000 characters. It has 10,000." },
    ]);
    expect(acknowledgementProblems({ answer: "", reason: long }).map(({ field }) => field)).toEqual([
      "answer",
      "reason",
    ]);
    expect(acknowledgementProblems({ answer: "accepted", reason: "No." }).map(({ field }) => field)).toEqual([
      "reason",
    ]);
    expect(
      replyProblems({ reply: "", theme: null })
        .concat(replyProblems({ reply: long, theme: "unclear" }))
        .map(({ field }) => field),
    ).toEqual(["theme", "reply", "reply"]);
  });

  it("throws for no input that can be sent", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (answer, reason) => {
        const isWhole = answer === "accepted" ? reason === "" : answer === "declined" && reason !== "";
        expect(acknowledgementProblems({ answer, reason }).length === 0).toBe(isWhole);
      }),
    );
  });
});
