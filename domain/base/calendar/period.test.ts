import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, addWorkingDays, isWorkingDay } from "./calendar.ts";
import { isAbsentThroughout, pausedLastDay, periodEnd, type DayRange, type PeriodDays } from "./period.ts";

const NONE: PeriodDays = { unit: "calendar", daysOff: new Set(), absences: [] };
const day = fc.integer({ min: 0, max: 800 }).map((offset) => addDays("2027-12-01", offset));
const range: fc.Arbitrary<DayRange> = fc
  .tuple(day, fc.integer({ min: 0, max: 40 }))
  .map(([firstDay, length]) => ({ firstDay, lastDay: addDays(firstDay, length) }));
const anyPeriod = fc.record({
  from: day,
  days: fc.integer({ min: 0, max: 60 }),
  unit: fc.constantFrom("calendar" as const, "working" as const),
  daysOff: fc.array(day, { maxLength: 30 }).map((days) => new Set(days)),
  absences: fc.array(range, { maxLength: 5 }),
});

/** The days after `from` up to `end` that count, one by one. */
function countedDays(from: string, end: string, { unit, daysOff, absences }: PeriodDays): string[] {
  const counted: string[] = [];
  for (let date = addDays(from, 1); date <= end; date = addDays(date, 1)) {
    const isAway = absences.some(({ firstDay, lastDay }) => firstDay <= date && date <= lastDay);
    if (!isAway && (unit === "calendar" || isWorkingDay(date, daysOff))) counted.push(date);
  }
  return counted;
}

describe("the end of a period", () => {
  it("is the day that makes the counted days as many as were given, and counts itself", () =>
    fc.assert(
      fc.property(anyPeriod, ({ from, days, ...period }) => {
        const end = periodEnd(from, days, period);
        const counted = countedDays(from, end, period);
        expect(counted).toHaveLength(days);
        expect(days === 0 ? from : counted.at(-1)).toBe(end);
      }),
    ));

  it("never comes earlier by an absence, and not at all otherwise by one that lies outside it", () =>
    fc.assert(
      fc.property(anyPeriod, range, ({ from, days, ...period }, more) => {
        const before = periodEnd(from, days, period);
        const after = periodEnd(from, days, { ...period, absences: [...period.absences, more] });
        expect(after >= before).toBe(true);
        if (more.firstDay > before || more.lastDay <= from) expect(after).toBe(before);
      }),
    ));

  it("is that of plain calendar and working days where nobody is away", () => {
    expect(periodEnd("2028-02-28", 2, NONE)).toBe("2028-03-01");
    expect(periodEnd("2028-02-28", 1, NONE)).toBe("2028-02-29");
    const daysOff = new Set(["2026-12-25", "2026-12-28", "2027-01-01"]);
    expect(periodEnd("2026-12-23", 5, { ...NONE, unit: "working", daysOff })).toBe(
      addWorkingDays("2026-12-23", 5, daysOff),
    );
    expect(periodEnd("2026-12-23", 5, { ...NONE, daysOff })).toBe("2026-12-28");
  });

  it("waits for somebody who is away when it begins, and while it runs", () => {
    const absences = [{ firstDay: "2026-11-20", lastDay: "2026-12-04" }];
    expect(periodEnd("2026-11-30", 1, { ...NONE, absences })).toBe("2026-12-05");
    expect(periodEnd("2026-11-30", 1, { ...NONE, unit: "working", absences })).toBe("2026-12-07");
    expect(periodEnd("2026-11-18", 3, { ...NONE, absences })).toBe("2026-12-06");
  });
});

describe("the last day of somebody who is away meanwhile", () => {
  it("gives them as many working days as the others have, and never an earlier day", () =>
    fc.assert(
      fc.property(anyPeriod, fc.nat(40), ({ from, daysOff, absences }, length) => {
        const lastDay = addDays(from, length);
        const rules = { daysOff, absences };
        const own = pausedLastDay(from, lastDay, rules);
        const before = addDays(from, -1);
        const whole = countedDays(before, lastDay, { unit: "working", daysOff, absences: [] });
        const theirs = countedDays(before, own, { unit: "working", ...rules });
        expect(own >= lastDay).toBe(true);
        expect(theirs.length).toBe(whole.length);
        if (own > lastDay) expect(theirs.at(-1)).toBe(own);
        const there = countedDays(before, lastDay, { unit: "working", ...rules });
        expect(isAbsentThroughout(from, lastDay, rules)).toBe(there.length === 0);
      }),
    ));

  it("is after Christmas and the days that the body is closed, where leave meets them", () => {
    const daysOff = new Set(["2026-12-25", "2026-12-28", "2026-12-29", "2027-01-01"]);
    const leave = { firstDay: "2026-12-21", lastDay: "2026-12-24" };
    expect(pausedLastDay("2026-12-18", "2026-12-30", { daysOff, absences: [leave] })).toBe("2027-01-06");
    expect(isAbsentThroughout("2026-12-21", "2026-12-29", { daysOff, absences: [leave] })).toBe(true);
    expect(isAbsentThroughout("2026-12-21", "2026-12-30", { daysOff, absences: [leave] })).toBe(false);
  });
});
