import { describe, expect, it } from "vitest";
import { addWorkingDays, workingDaysBetween } from "#domain/base/calendar/calendar.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import { daysOff } from "./days-off.ts";

// As the government lists them: gov.uk/bank-holidays.
const ENGLAND_2026 = [
  "2026-01-01",
  "2026-04-03",
  "2026-04-06",
  "2026-05-04",
  "2026-05-25",
  "2026-08-31",
  "2026-12-25",
  "2026-12-28",
];
const SCOTLAND_2026 = [
  "2026-01-01",
  "2026-01-02",
  "2026-04-03",
  "2026-05-04",
  "2026-05-25",
  "2026-08-03",
  "2026-11-30",
  "2026-12-25",
  "2026-12-28",
];

const weekdaysOf = (nation: Body["nation"], year: string) =>
  [...daysOff({ nation }, `${year}-01-01`, `${year}-12-31`)]
    .filter((day) => day.startsWith(year) && ![0, 6].includes(new Date(`${day}T12:00Z`).getUTCDay()))
    .sort();

describe("bank holidays", () => {
  it.each(["england", "wales", "uk"] as const)("are the government's in %s", (nation) => {
    expect(weekdaysOf(nation, "2026")).toEqual(ENGLAND_2026);
  });

  it("in Scotland have 2 January and St Andrew's Day, and no Easter Monday", () => {
    expect(weekdaysOf("scotland", "2026")).toEqual(expect.arrayContaining(SCOTLAND_2026));
    expect(weekdaysOf("scotland", "2026")).not.toContain("2026-04-06");
    expect(weekdaysOf("scotland", "2026")).not.toContain("2026-08-31");
  });

  it("in Northern Ireland have St Patrick's Day and the Battle of the Boyne", () => {
    expect(weekdaysOf("northern-ireland", "2026")).toEqual(
      expect.arrayContaining([...ENGLAND_2026, "2026-03-17", "2026-07-13"]),
    );
  });

  it("of every year from the first to the last are there", () => {
    const days = daysOff({ nation: "england" }, "2026-12-20", "2027-01-05");
    expect(days.has("2026-12-25") && days.has("2027-01-01")).toBe(true);
  });

  it("are no working days of the nation, and are of another", () => {
    const age = (nation: "england" | "scotland", from: string, to: string) =>
      workingDaysBetween(from, to, daysOff({ nation }, from, to));
    expect([age("england", "2026-11-27", "2026-12-01"), age("scotland", "2026-11-27", "2026-12-01")]).toEqual([2, 1]);
    expect([age("england", "2025-12-31", "2026-01-05"), age("scotland", "2025-12-31", "2026-01-05")]).toEqual([2, 1]);
    expect(addWorkingDays("2026-12-23", 5, daysOff({ nation: "england" }, "2026-12-23", "2027-02-01"))).toBe(
      "2027-01-04",
    );
  });
});

describe("days off of a body", () => {
  const range = (firstDay: string, lastDay = firstDay) => ({ firstDay, lastDay });

  it("are its closure days as well, and what content adds to the bank holidays or takes away", () => {
    const body = {
      nation: "england" as const,
      closureDays: [range("2026-12-29", "2026-12-31"), range("2027-01-04")],
      bankHolidays: {
        england: { added: ["2026-06-15"], removed: ["2026-05-04"] },
        wales: { added: ["2026-06-16"], removed: [] },
      },
    } satisfies Parameters<typeof daysOff>[0];
    const days = daysOff(body, "2026-01-01", "2026-12-31");
    for (const day of ["2026-12-25", "2026-12-29", "2026-12-31", "2027-01-04", "2026-06-15"])
      expect(days).toContain(day);
    for (const day of ["2026-05-04", "2027-01-05", "2026-06-16"]) expect(days).not.toContain(day);
    expect(addWorkingDays("2026-12-24", 1, days)).toBe("2027-01-05");
    expect(daysOff(null, "2026-01-01", "2026-01-01")).toContain("2026-12-25");
  });
});
