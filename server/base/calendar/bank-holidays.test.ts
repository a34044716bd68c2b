import { describe, expect, it } from "vitest";
import { addWorkingDays, workingDaysBetween } from "#domain/base/calendar/calendar.ts";
import { bankHolidays } from "./bank-holidays.ts";

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

const weekdaysOf = (nation: Parameters<typeof bankHolidays>[0], year: string) =>
  [...bankHolidays(nation, `${year}-01-01`, `${year}-12-31`)]
    .filter((day) => ![0, 6].includes(new Date(`${day}T12:00Z`).getUTCDay()))
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
    const days = bankHolidays("england", "2026-12-20", "2027-01-05");
    expect(days.has("2026-12-25") && days.has("2027-01-01")).toBe(true);
  });

  it("are no working days of the nation, and are of another", () => {
    const age = (nation: "england" | "scotland", from: string, to: string) =>
      workingDaysBetween(from, to, bankHolidays(nation, from, to));
    expect([age("england", "2026-11-27", "2026-12-01"), age("scotland", "2026-11-27", "2026-12-01")]).toEqual([2, 1]);
    expect([age("england", "2025-12-31", "2026-01-05"), age("scotland", "2025-12-31", "2026-01-05")]).toEqual([2, 1]);
    expect(addWorkingDays("2026-12-23", 5, bankHolidays("england", "2026-12-23", "2027-02-01"))).toBe("2027-01-04");
  });
});
