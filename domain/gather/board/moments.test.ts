import { expect, it } from "vitest";
import { BOARD_MONTHS, boardMoments, firstBoardDay, lastDayOfMonthBefore } from "./moments.ts";

const days = (day: string) => boardMoments(day).map((one) => one.day);

it("compares the ends of the last twelve months and of the day", () => {
  expect(days("2028-03-15").slice(-3)).toEqual(["2028-01-31", "2028-02-29", "2028-03-15"]);
  expect(days("2028-03-15")).toHaveLength(BOARD_MONTHS + 1);
  expect(days("2028-03-15")[0]).toBe("2027-03-31");
});

it("counts a day that ends its month once", () => {
  expect(days("2027-02-28")).toHaveLength(BOARD_MONTHS);
  expect(days("2028-02-28").slice(-2)).toEqual(["2028-01-31", "2028-02-28"]);
  expect(days("2028-02-29").slice(-2)).toEqual(["2028-01-31", "2028-02-29"]);
  expect(days("2027-12-31")[0]).toBe("2027-01-31");
});

it("ends a day at midnight in London, in summer as in winter", () => {
  const [january, ...rest] = boardMoments("2027-06-30")
    .slice(-6)
    .map(({ at }) => at.toISOString());
  expect(january).toBe("2027-02-01T00:00:00.000Z");
  expect(rest.at(-1)).toBe("2027-06-30T23:00:00.000Z");
});

it("begins with the first of the oldest month", () => {
  expect(firstBoardDay(boardMoments("2027-03-15"))).toBe("2026-03-01");
  expect(lastDayOfMonthBefore("2027-03-01")).toBe("2027-02-28");
});
