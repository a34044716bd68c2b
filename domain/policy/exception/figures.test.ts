import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, workingDaysBetween } from "#domain/base/calendar/calendar.ts";
import { figuresOf, lastQuarters, quarterInWords, type DecidedPair } from "./figures.ts";

describe("quarters", () => {
  it("are those of calendar years, newest first, without a gap", () => {
    const quarters = lastQuarters("2026-11-30");
    expect(quarters.map(({ from }) => from)).toEqual([
      "2026-10-01",
      "2026-07-01",
      "2026-04-01",
      "2026-01-01",
      "2025-10-01",
      "2025-07-01",
      "2025-04-01",
      "2025-01-01",
    ]);
    expect(quarters[0]?.until).toBe("2027-01-01");
    for (const [at, { from }] of quarters.entries()) if (quarters[at + 1]) expect(quarters[at + 1]?.until).toBe(from);
  });

  it.each([
    ["2026-01-01", "January to March 2026"],
    ["2026-03-31", "January to March 2026"],
    ["2026-04-01", "April to June 2026"],
    ["2026-12-31", "October to December 2026"],
  ])("of %s are called %s", (today, words) => {
    expect(lastQuarters(today, 1).map(quarterInWords)).toEqual([words]);
  });
});

describe("the figures of a quarter", () => {
  const [now, before] = lastQuarters("2026-11-30", 2);
  if (!now || !before) throw new Error("There are no quarters.");
  const pair = (sentOn: string, decidedOn: string, approved = 1, declined = 0): DecidedPair => ({
    sentOn,
    decidedOn,
    approved,
    declined,
  });

  const NOTHING = { sent: [], missed: [] };

  it("are empty where nothing was sent or decided", () => {
    const nothing = { sent: 0, missed: 0, decided: 0, approved: 0, median: null, ninetieth: null };
    expect(figuresOf([now], { ...NOTHING, pairs: [] }, new Set())).toEqual([{ ...now, ...nothing }]);
  });

  it("count by the day of sending and by that of the decision", () => {
    const pairs = [pair("2026-09-30", "2026-10-01", 2, 1), pair("2026-09-01", "2026-09-30")];
    const sent = [
      { day: "2026-09-30", count: 4 },
      { day: "2026-10-01", count: 1 },
    ];
    const missed = [{ day: "2026-09-30", count: 2 }];
    expect(figuresOf([now, before], { sent, missed, pairs }, new Set())).toMatchObject([
      { sent: 1, missed: 0, decided: 3, approved: 2 },
      { sent: 4, missed: 2, decided: 1, approved: 1 },
    ]);
  });

  it("leave out weekends and days off", () => {
    // Friday to the Tuesday after a bank holiday.
    const pairs = [pair("2026-10-30", "2026-11-03")];
    const [figures] = figuresOf([now], { ...NOTHING, pairs }, new Set(["2026-11-02"]));
    expect(figures).toMatchObject({ median: 1, ninetieth: 1 });
  });

  it("have the middle of two as median, and what nine out of ten did not exceed", () => {
    const days = ["02", "03", "04", "05", "06", "09", "10", "11", "12", "13"]; // working days: 0 to 9
    const pairs = days.map((day) => pair("2026-11-02", `2026-11-${day}`));
    const [figures] = figuresOf([now], { ...NOTHING, pairs }, new Set());
    expect(figures).toMatchObject({ decided: 10, median: 4.5, ninetieth: 8 });
  });

  it("agree with counting the working days of each by itself", () => {
    const day = fc.integer({ min: 0, max: 90 }).map((days) => addDays("2026-10-01", days));
    const pairs = fc.array(
      fc
        .tuple(fc.integer({ min: 0, max: 40 }), day)
        .map(([days, decidedOn]) => pair(addDays(decidedOn, -days), decidedOn)),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(pairs, fc.uniqueArray(day), (all, off) => {
        const holidays = new Set(off);
        const times = all
          .map(({ sentOn, decidedOn }) => workingDaysBetween(sentOn, decidedOn, holidays))
          .sort((a, b) => a - b);
        const [figures] = figuresOf([now], { ...NOTHING, pairs: all }, holidays);
        const within = (most: number) => times.filter((time) => time <= most).length;
        const { median, ninetieth, decided } = figures ?? {};
        expect(decided).toBe(times.length);
        expect(times).toContain(ninetieth);
        expect(within(ninetieth ?? 0)).toBeGreaterThanOrEqual(times.length * 0.9);
        expect(within((ninetieth ?? 0) - 1)).toBeLessThan(times.length * 0.9);
        expect(within(median ?? 0)).toBeGreaterThanOrEqual(times.length / 2);
      }),
    );
  });
});
