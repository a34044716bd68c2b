import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDays,
  addMonths,
  addWorkingDays,
  addWorkingHours,
  calendarDay,
  dateInWords,
  endOfDay,
  isDay,
  isOfficeTime,
  lastDay,
  momentAt,
  readMoment,
  momentInWords,
  startOfDay,
  timeOfDay,
  workingDaysBetween,
} from "./calendar.ts";

const CHRISTMAS = new Set(["2026-12-25", "2026-12-28", "2027-01-01"]);
const days = fc.integer({ min: 0, max: 20_000 }).map((count) => addDays("1990-01-01", count));

describe("a typed time", () => {
  it.each([
    ["2026-11-24", "14:05", "2026-11-24T14:05:00.000Z"],
    ["2027-06-30", "9.30", "2027-06-30T08:30:00.000Z"],
    ["2027-06-30", "0930", "2027-06-30T08:30:00.000Z"],
    ["2026-11-24", " 23:59 ", "2026-11-24T23:59:00.000Z"],
  ])("%s %s", (day, time, at) => expect(readMoment(day, time)?.toISOString()).toBe(at));

  it.each([
    ["2026-02-30", "14:05"],
    ["2026-11-24", "24:00"],
    ["2026-11-24", "14:60"],
    ["2026-11-24", "noon"],
    ["2026-11-24", "at 9:30"],
    ["2026-11-24", "9:30pm"],
    ["", ""],
  ])("%s %s is none", (day, time) => expect(readMoment(day, time)).toBeNull());
});

describe("days in London", () => {
  it.each([
    ["2026-11-22T23:59:59.999Z", "2026-11-22"], // winter: same as UTC
    ["2027-06-30T22:59:59.999Z", "2027-06-30"], // summer: an hour ahead
    ["2027-06-30T23:00:00.000Z", "2027-07-01"],
    ["2027-03-28T00:30:00.000Z", "2027-03-28"], // the night when clocks go forward
  ])("%s is %s", (moment, day) => {
    expect(calendarDay(new Date(moment))).toBe(day);
  });

  it("begin and end at midnight in London, also where they have 23 or 25 hours", () => {
    const hoursOf = (day: string) => (endOfDay(day).getTime() - startOfDay(day).getTime()) / 3_600_000;
    expect(startOfDay("2027-06-30").toISOString()).toBe("2027-06-29T23:00:00.000Z");
    expect([hoursOf("2027-06-30"), hoursOf("2027-03-28"), hoursOf("2027-10-31")]).toEqual([24, 23, 25]);
  });

  it("hold their first and their last millisecond, and none of the next day", () => {
    fc.assert(
      fc.property(days, (day) => {
        expect(calendarDay(startOfDay(day))).toBe(day);
        expect(lastDay(endOfDay(day))).toBe(day);
        expect(calendarDay(endOfDay(day))).toBe(addDays(day, 1));
      }),
    );
  });

  it.each([
    "2027-02-29",
    "2027-02-31",
    "2027-13-01",
    "2027-00-10",
    "27-01-01",
    "2027-1-1",
    "",
    "2027-04-31T00:00",
    "2027-04-30T00:00",
    "+002027-04-30",
    "20270430",
  ])("%j is no day", (text) => {
    expect(isDay(text)).toBe(false);
  });

  it("are counted in months to the last of a shorter month", () => {
    expect(addMonths("2027-01-31", 1)).toBe("2027-02-28");
    expect(addMonths("2028-02-29", 12)).toBe("2029-02-28");
    expect(isDay("2028-02-29")).toBe(true);
  });
});

describe("working days", () => {
  it.each([
    ["2026-11-27", "2026-11-27", 0, "none on the day itself"],
    ["2026-11-27", "2026-11-29", 0, "none over a weekend"],
    ["2026-11-27", "2026-11-30", 1, "Friday to Monday"],
    ["2026-12-24", "2026-12-29", 1, "Christmas on a Friday, Boxing Day made up on Monday"],
    ["2026-12-24", "2027-01-04", 4, "over New Year"],
    ["2026-12-24", "2026-12-01", 0, "none backwards"],
  ])("from %s to %s: %i, %s", (from, to, count) => {
    expect(workingDaysBetween(from, to, CHRISTMAS)).toBe(count);
  });

  it("that are added are there to be counted", () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 40 }), (day, count) => {
        const to = addWorkingDays(day, count, CHRISTMAS);
        expect(workingDaysBetween(day, to, CHRISTMAS)).toBe(count);
        expect(workingDaysBetween(day, addDays(to, -1), CHRISTMAS)).toBe(count - 1);
      }),
      { numRuns: 25 },
    );
  });
});

describe("in words", () => {
  it("says days, months and moments as people write them", () => {
    expect(dateInWords("2023-11-22")).toBe("22 November 2023");
    expect(dateInWords("2020-08")).toBe("August 2020");
    expect(momentInWords(new Date("2027-06-30T20:05:00Z"))).toBe("30 June 2027 at 9:05pm");
    expect(momentInWords(new Date("2026-11-22T00:00:00Z"))).toBe("22 November 2026 at 12:00am");
  });
});

describe("office hours", () => {
  it.each([
    ["2026-11-24T10:00:00Z", 4, "2026-11-24T14:00:00Z"], // within a Tuesday
    ["2026-11-24T15:30:00Z", 4, "2026-11-25T11:30:00Z"], // over a night
    ["2026-11-27T16:00:00Z", 4, "2026-11-30T12:00:00Z"], // over a weekend
    ["2026-11-28T03:00:00Z", 4, "2026-11-30T13:00:00Z"], // from a weekend
    ["2026-11-24T06:00:00Z", 4, "2026-11-24T13:00:00Z"], // before the office opens
    ["2026-11-24T17:00:00Z", 4, "2026-11-25T13:00:00Z"], // the moment it closes
    ["2026-11-24T13:00:00Z", 4, "2026-11-24T17:00:00Z"], // just what is left of the day
    ["2026-12-24T15:00:00Z", 4, "2026-12-29T11:00:00Z"], // Christmas, a weekend and the substitute day
    ["2027-03-26T16:00:00Z", 4, "2027-03-29T11:00:00Z"], // clocks go forward on the Sunday
    ["2026-10-23T15:00:00Z", 4, "2026-10-26T12:00:00Z"], // clocks go back on the Sunday
    ["2026-07-01T08:00:00Z", 16, "2026-07-02T16:00:00Z"], // two whole days, in summer
  ])("%s and %s hours is %s", (at, hours, then) => {
    expect(addWorkingHours(new Date(at), hours, CHRISTMAS)).toEqual(new Date(then));
  });
});

describe("a time of day", () => {
  it("is what clocks in London show, also on the days when they change", () => {
    expect(momentAt("2026-07-01", "14:30").toISOString()).toBe("2026-07-01T13:30:00.000Z");
    expect(momentAt("2026-11-24", "00:05").toISOString()).toBe("2026-11-24T00:05:00.000Z");
    expect(momentAt("2026-10-25", "01:30").toISOString()).toBe("2026-10-25T00:30:00.000Z");
    expect(momentAt("2027-03-28", "01:30").toISOString()).toBe("2027-03-28T01:30:00.000Z");
    expect(timeOfDay(new Date("2026-07-01T13:05:00Z"))).toBe("14:05");
    expect(timeOfDay(new Date("2026-11-24T00:00:00Z"))).toBe("00:00");
  });
});

it.each([
  ["2026-11-24T07:59:59Z", false],
  ["2026-11-24T08:00:00Z", true],
  ["2026-11-24T16:59:59Z", true],
  ["2026-11-24T17:00:00Z", false],
  ["2026-07-01T07:00:00Z", true], // eight o'clock in summer
  ["2026-11-28T12:00:00Z", false], // a Saturday
  ["2026-12-25T12:00:00Z", false],
])("knows office hours: %s", (at, isIn) => {
  expect(isOfficeTime(new Date(at), new Set(["2026-12-25"]))).toBe(isIn);
});
