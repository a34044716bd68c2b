import { describe, expect, it } from "vitest";
import { momentInWords } from "#domain/base/calendar/calendar.ts";
import { deadlineOf, warningDue } from "./clock.ts";

describe("the 72 hours", () => {
  it.each([
    ["2026-11-27T16:30:00Z", "30 November 2026 at 4:30pm"], // over a weekend
    ["2027-03-26T12:00:00Z", "29 March 2027 at 1:00pm"], // clocks go forward: 72 hours, not three days
    ["2026-10-23T11:00:00Z", "26 October 2026 at 11:00am"], // clocks go back, from noon in summer time
    ["2026-12-24T23:59:00Z", "27 December 2026 at 11:59pm"], // Christmas counts
  ])("from %s end on %s", (aware, end) => {
    expect(momentInWords(deadlineOf(new Date(aware)))).toBe(end);
  });
});

describe("warnings", () => {
  const end = new Date("2026-11-30T12:00:00Z");
  const due = (hoursLeft: number, sent: number[] = []) =>
    warningDue(end, new Date(end.getTime() - hoursLeft * 3_600_000), sent);

  it("are due at 24, 12 and 3 hours, at the end, and each 12 hours after it, to the minute, once each", () => {
    expect(due(24 + 1 / 60)).toBeNull();
    expect(due(24)).toBe(24);
    expect(due(24, [24])).toBeNull();
    expect(due(12 + 1 / 60, [24])).toBeNull();
    expect(due(12, [24])).toBe(12);
    expect(due(3, [24, 12])).toBe(3);
    expect(due(1 / 60, [24, 12, 3])).toBeNull();
    expect(due(0, [24, 12, 3])).toBe(0);
    expect(due(-12 + 1 / 60, [24, 12, 3, 0])).toBeNull();
    expect(due(-12, [24, 12, 3, 0])).toBe(-12);
    expect(due(-23, [24, 12, 3, 0, -12])).toBeNull();
    expect(due(-24, [24, 12, 3, 0, -12])).toBe(-24);
    expect(due(-12 * 1000, [-12 * 999])).toBe(-12 * 1000);
  });

  it("are not made up for if nothing ran for a while: only the latest is due", () => {
    expect(due(2)).toBe(3);
    expect(due(-5, [24])).toBe(0);
    expect(due(-50, [24, 12])).toBe(-48);
    expect(due(-5, [24, 0])).toBeNull();
  });
});
