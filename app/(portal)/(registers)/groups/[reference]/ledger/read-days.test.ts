import { expect, it } from "vitest";
import { readDays } from "./read-days.ts";

it("reads days that exist, and says which do not", () => {
  expect(readDays({ from: "2026-11-01", to: "2026-11-30" })).toMatchObject({
    from: "2026-11-01",
    to: "2026-11-30",
    problems: [],
    query: "?from=2026-11-01&to=2026-11-30",
  });
  expect(readDays({})).toMatchObject({ from: null, to: null, problems: [], query: "" });
  expect(readDays({ from: "2026-02-30", to: ["x"] })).toMatchObject({
    from: null,
    to: null,
    typed: { from: "2026-02-30", to: "x" },
    problems: [{ field: "from" }, { field: "to" }],
  });
  expect(readDays({ from: "2026-11-30", to: "2026-11-01" })).toMatchObject({ to: null, problems: [{ field: "to" }] });
});
