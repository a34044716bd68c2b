import { expect, it } from "vitest";
import { readDayPart, readDayQuery } from "./read-day.ts";

it("takes a day from the fields of a form, the month by number or name", () => {
  const form = (day: string, month: string, year: string) =>
    readDayQuery({ "on-day": day, "on-month": month, "on-year": year });
  expect(form("3", "3", "2026")).toEqual({ kind: "day", day: "2026-03-03" });
  expect(form("03", "March", "2026")).toEqual({ kind: "day", day: "2026-03-03" });
  expect(form("30", "2", "2026")).toMatchObject({ kind: "wrong", typed: { day: "30", month: "2", year: "2026" } });
  expect(form("", "2", "2026")).toMatchObject({ kind: "wrong", message: "The day must have a day." });
  expect(readDayQuery({})).toEqual({ kind: "empty" });
  expect(readDayQuery({ "on-day": ["1", "2"], "on-month": "3", "on-year": "2026" })).toMatchObject({
    day: "2026-03-02",
  });
});

it("takes a day from an address, and of a wrong one what can be typed again", () => {
  expect(readDayPart("2026-03-03")).toEqual({ kind: "day", day: "2026-03-03" });
  expect(readDayPart("2026-02-30")).toMatchObject({ kind: "wrong", typed: { day: "30", month: "02", year: "2026" } });
  for (const part of ["yesterday", "", "2026-3", "+002026-03-03", "%00", "2026-03-03T10:00"])
    expect(readDayPart(part)).toMatchObject({ kind: "wrong", typed: { day: "", month: "", year: "" } });
});
