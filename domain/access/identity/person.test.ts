import { expect, it } from "vitest";
import { joinedAt } from "./person.ts";

it("counts from the first day where somebody was entered before it, and never from before they were entered", () => {
  const entered = new Date("2026-06-10T09:00:00Z");
  expect(joinedAt({ entered, startsOn: "2026-07-01" })).toEqual(new Date("2026-06-30T23:00:00Z")); // in London
  expect(joinedAt({ entered, startsOn: "2019-01-01" })).toEqual(entered);
  expect(joinedAt({ entered, startsOn: null })).toEqual(entered);
});
