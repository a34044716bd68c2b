import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isDay } from "#domain/base/calendar/calendar.ts";
import { FormValues, readDate } from "./form-values.ts";

const read = (day: string, month: string, year: string) =>
  readDate(
    new FormValues({ "until-day": [day], "until-month": [month], "until-year": [year] }),
    "until",
    "the last day",
  );
const wrong = (message: string) => ({ kind: "wrong", message: `The last day must ${message}` });

describe("a typed date", () => {
  it("is empty, or a day", () => {
    expect(read("", " ", "")).toEqual({ kind: "empty" });
    expect(readDate(new FormValues({}), "until", "the last day")).toEqual({ kind: "empty" });
    expect(read("5", "9", "2027")).toEqual({ kind: "day", day: "2027-09-05" });
    expect(read(" 05 ", "09", "2027")).toEqual({ kind: "day", day: "2027-09-05" });
  });

  it("takes a month by its name", () => {
    expect(read("27", "march", "2027")).toEqual({ kind: "day", day: "2027-03-27" });
    expect(read("27", "SEP", "2027")).toEqual({ kind: "day", day: "2027-09-27" });
  });

  it("says what is missing", () => {
    expect(read("27", "", "")).toEqual(wrong("have a month and a year."));
    expect(read("", "3", "2027")).toEqual(wrong("have a day."));
  });

  it("refuses days that do not exist", () => {
    const days = [
      ["31", "2", "2027"],
      ["29", "2", "2027"],
      ["29", "2", "2100"],
      ["31", "4", "2027"],
      ["0", "1", "2027"],
      ["1", "13", "2027"],
      ["1", "0", "2027"],
      ["1", "nomonth", "2027"],
      ["-1", "1", "2027"],
      ["1.5", "1", "2027"],
      ["１", "1", "2027"],
    ] as const;
    for (const [day, month, year] of days)
      expect(read(day, month, year), `${day} ${month} ${year}`).toEqual(
        wrong("be a day that exists, such as 27 3 2027."),
      );
  });

  it("knows leap days, the days when clocks change, and the last year it can write", () => {
    for (const [day, month, year] of [
      ["29", "2", "2028"],
      ["29", "2", "2000"],
      ["29", "3", "2026"],
      ["25", "10", "2026"],
      ["31", "12", "9999"],
    ] as const)
      expect(read(day, month, year).kind, `${day} ${month} ${year}`).toBe("day");
  });

  it("wants a year of four digits", () => {
    for (const year of ["27", "20270", "two thousand", "+2027"])
      expect(read("1", "1", year)).toEqual(wrong("have a year of four digits, such as 2027."));
  });

  it("never throws, and gives only days that exist", () => {
    const part = fc.oneof(fc.string({ maxLength: 6 }), fc.integer({ min: -1, max: 10_000 }).map(String));
    fc.assert(
      fc.property(part, part, part, (day, month, year) => {
        const date = read(day, month, year);
        if (date.kind === "day") expect(isDay(date.day)).toBe(true);
      }),
    );
  });
});
