import { expect, it } from "vitest";
import { joinedDay } from "./person.ts";

it("counts from the first day where somebody was entered before it, and never from before they were entered or back", () => {
  const entered = new Date("2026-06-10T23:30:00Z"); // the eleventh in London
  expect(joinedDay({ entered, startsOn: "2026-07-01", returnedOn: null })).toBe("2026-07-01");
  expect(joinedDay({ entered, startsOn: "2019-01-01", returnedOn: null })).toBe("2026-06-11");
  expect(joinedDay({ entered, startsOn: null, returnedOn: null })).toBe("2026-06-11");
  expect(joinedDay({ entered, startsOn: "2026-07-01", returnedOn: "2026-09-01" })).toBe("2026-09-01");
});
