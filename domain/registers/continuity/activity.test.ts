import { expect, it } from "vitest";
import { declareProblems, endProblems, LONGEST_TITLE, reviewDay } from "./activity.ts";

it("requires a title and a reason to declare it, and a reason to end it", () => {
  expect(declareProblems({ title: "", reason: "" }).map(({ field }) => field)).toEqual(["title", "reason"]);
  expect(declareProblems({ title: "x".repeat(LONGEST_TITLE + 1), reason: "y" })).toMatchObject([{ field: "title" }]);
  expect(declareProblems({ title: "E-mail is down", reason: "A cable." })).toEqual([]);
  expect(endProblems("")).toHaveLength(1);
  expect(endProblems("Repaired.")).toEqual([]);
});

it("has to be reviewed every week while it lasts", () => {
  const days = ["2026-11-01", "2026-11-07", "2026-11-08", "2026-11-09", "2026-11-15", "2026-11-16", "2026-12-20"];
  expect(days.map((today) => reviewDay("2026-11-01", today))).toEqual([
    null,
    null,
    "2026-11-08",
    "2026-11-15",
    "2026-11-15",
    "2026-11-22",
    "2026-12-20",
  ]);
});
