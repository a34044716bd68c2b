import { expect, it } from "vitest";
import { timeLeft } from "./time-left.ts";

const END = new Date("2026-11-27T09:00:00Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

it.each([
  [72 * HOUR, "in 3 days"],
  [48 * HOUR, "in 2 days"],
  [48 * HOUR - 1, "47 hours left"],
  [24 * HOUR, "24 hours left"],
  [5 * HOUR, "5 hours left"],
  [2 * HOUR - 1, "1 hour left"],
  [HOUR, "1 hour left"],
  [HOUR - 1, "59 minutes left"],
  [MINUTE, "1 minute left"],
  [MINUTE - 1, "less than a minute left"],
  [0, "less than a minute over"],
  [-MINUTE, "1 minute over"],
  [-HOUR + 1, "59 minutes over"],
  [-HOUR, "1 hour over"],
  [-24 * HOUR + 1, "23 hours over"],
  [-24 * HOUR, "1 day over"],
  [-48 * HOUR, "2 days over"],
  [-53_977 * HOUR, "2249 days over"],
])("says of %i milliseconds: %s", (left, words) => {
  expect(timeLeft(END, new Date(END.getTime() - left))).toEqual({ isOver: left <= 0, words });
});

it("counts days by the calendar in London, also where clocks change", () => {
  // 71 hours and a minute: three nights.
  expect(timeLeft(END, new Date("2026-11-24T09:59:00Z")).words).toBe("in 3 days");
  // 48 hours that begin and end on neighbouring days, because clocks go back between them.
  expect(timeLeft(new Date("2026-10-25T23:30:00Z"), new Date("2026-10-23T23:30:00Z")).words).toBe("48 hours left");
});
