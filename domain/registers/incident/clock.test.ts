import { describe, expect, it } from "vitest";
import { momentInWords } from "#domain/base/calendar/calendar.ts";
import { deadlineOf, hoursInWords, timeLeft, warningsDue } from "./clock.ts";

const minutes = (count: number) => count * 60_000;

describe("the 72 hours", () => {
  it.each([
    ["2026-11-27T16:30:00Z", "30 November 2026 at 4:30pm"], // over a weekend
    ["2027-03-26T12:00:00Z", "29 March 2027 at 1:00pm"], // clocks go forward: 72 hours, not three days
    ["2026-10-23T11:00:00Z", "26 October 2026 at 11:00am"], // clocks go back, from noon in summer time
    ["2026-12-24T23:59:00Z", "27 December 2026 at 11:59pm"], // Christmas counts
  ])("from %s end on %s", (aware, end) => {
    expect(momentInWords(deadlineOf(new Date(aware)))).toBe(end);
  });

  it("are shown in plain hours", () => {
    const end = deadlineOf(new Date("2026-11-24T09:00:00Z"));
    const at = (left: number) => timeLeft(end, new Date(end.getTime() - left));
    expect(at(minutes(72 * 60))).toEqual({ isOver: false, words: "72 hours" });
    expect(at(minutes(65))).toEqual({ isOver: false, words: "1 hour and 5 minutes" });
    expect(at(minutes(1))).toEqual({ isOver: false, words: "1 minute" });
    expect(at(0)).toEqual({ isOver: true, words: "less than a minute" });
    expect(at(minutes(-120))).toEqual({ isOver: true, words: "2 hours" });
    expect(at(minutes(-47 * 60))).toEqual({ isOver: true, words: "47 hours" });
    expect(at(minutes(-53_977 * 60))).toEqual({ isOver: true, words: "2249 days" });
    expect(hoursInWords(minutes(12 * 60 + 59))).toBe("12 hours");
  });
});

describe("warnings", () => {
  const end = new Date("2026-11-30T12:00:00Z");
  const due = (hoursLeft: number, sent: number[] = []) =>
    warningsDue(end, new Date(end.getTime() - minutes(hoursLeft * 60)), sent);

  it("are due at 24, 12 and 3 hours, to the minute, once each", () => {
    expect(due(24 + 1 / 60)).toEqual([]);
    expect(due(24)).toEqual([24]);
    expect(due(24, [24])).toEqual([]);
    expect(due(12, [24])).toEqual([12]);
    expect(due(3, [24, 12])).toEqual([3]);
    expect(due(-1, [24, 12, 3])).toEqual([]);
  });

  it("catch up if nothing ran for a while", () => {
    expect(due(2)).toEqual([24, 12, 3]);
    expect(due(-5, [24])).toEqual([12, 3]);
  });
});
