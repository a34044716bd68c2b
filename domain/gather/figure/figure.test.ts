import { expect, it } from "vitest";
import { figurePeriodProblems, showFigures, yearUntil } from "./figure.ts";

const table = { title: "By kind", what: "In the period" };

it("hides small counts, and one more where the whole would tell them", () => {
  const rows = [12, 7, 3].map((count, at) => ({ label: `k${at}`, count }));
  expect(showFigures({ ...table, rows, isWhole: true }).rows.map(({ figure }) => figure)).toEqual([
    "12",
    "not shown",
    "fewer than 5",
    "22",
  ]);
  expect(showFigures({ ...table, rows, isWhole: false }).rows.map(({ figure }) => figure)).toEqual([
    "12",
    "7",
    "fewer than 5",
  ]);
  expect(showFigures({ ...table, rows: [], isWhole: true }).rows).toEqual([]);
});

it("shows what was counted of something only where that is not a small count", () => {
  const rows = [
    { label: "Hours", count: 40, of: 4 },
    { label: "Hours of many", count: 3, of: 9 },
  ];
  expect(showFigures({ ...table, rows, isWhole: false }).rows.map(({ figure }) => figure)).toEqual([
    "fewer than 5",
    "3",
  ]);
});

it.each([
  ["2026-01-01", "2026-12-31", []],
  ["2026-02-30", "", ["from", "until"]],
  ["2026-01-01", "2027-01-01", ["until"]],
  ["2026-06-02", "2026-06-01", ["from"]],
])("says what is wrong with the period from %s to %s", (from, until, fields) =>
  expect(figurePeriodProblems({ from, until }, "2026-12-31").map(({ field }) => field)).toEqual(fields),
);

it.each([
  ["2026-11-30", "2025-12-01"],
  ["2024-02-29", "2023-03-01"],
])("begins the year until %s on %s", (until, from) => expect(yearUntil(until).from).toBe(from));
