import { describe, expect, it } from "vitest";
import { bankHolidayChangesSchema, closureDaysSchema } from "./days-off.ts";

const name = "Closed";

describe("closure days", () => {
  it("are single days and ranges", () => {
    const given = [
      { day: "2026-12-24", name },
      { from: "2026-12-29", until: "2027-01-02", name },
      { day: "2028-02-29", name },
    ];
    expect(closureDaysSchema.parse(given)).toEqual([
      { firstDay: "2026-12-24", lastDay: "2026-12-24" },
      { firstDay: "2026-12-29", lastDay: "2027-01-02" },
      { firstDay: "2028-02-29", lastDay: "2028-02-29" },
    ]);
    expect(closureDaysSchema.parse([])).toEqual([]);
  });

  it.each([
    ["a day that does not exist", [{ day: "2027-02-29", name }], "0.day"],
    ["a day in other words", [{ day: "29 December", name }], "0.day"],
    ["no day", [{ name }], "0.from"],
    ["no last day", [{ from: "2026-12-29", name }], "0.until"],
    ["a last day before the first", [{ from: "2026-12-29", until: "2026-12-28", name }], "0.until"],
    ["a day and a range at once", [{ day: "2026-12-29", until: "2026-12-30", name }], "0.day"],
    ["no name", [{ day: "2026-12-29" }], "0.name"],
    [
      "the same day twice",
      [
        { day: "2026-12-29", name },
        { day: "2026-12-29", name },
      ],
      "1.day",
    ],
    [
      "ranges that overlap",
      [
        { day: "2026-12-30", name },
        { from: "2026-12-29", until: "2026-12-31", name },
      ],
      "1.from",
    ],
    ["more than sixty in a year", [{ from: "2026-01-01", until: "2026-03-02", name }], "0.until"],
    ["a range of centuries", [{ from: "2026-01-01", until: "9999-12-31", name }], "0.until"],
  ])("are refused with %s, naming the field", (_, given, path) => {
    const read = closureDaysSchema.safeParse(given);
    expect(read.error?.issues.map((issue) => issue.path.join("."))).toEqual([path]);
  });

  it("are at most sixty in a year, not over the years", () => {
    const given = [
      { from: "2026-01-01", until: "2026-03-01", name },
      { from: "2027-01-01", until: "2027-03-01", name },
    ];
    expect(closureDaysSchema.safeParse(given).success).toBe(true);
  });
});

describe("corrections of bank holidays", () => {
  it("are added and removed by nation", () => {
    const given = {
      scotland: { added: [{ day: "2026-06-15", name }] },
      uk: { removed: [{ day: "2026-08-31", name }] },
    };
    expect(bankHolidayChangesSchema.parse(given)).toEqual({
      scotland: { added: ["2026-06-15"], removed: [] },
      uk: { added: [], removed: ["2026-08-31"] },
    });
  });

  it.each([
    ["a nation that is none", { britain: {} }],
    ["a day that does not exist", { wales: { added: [{ day: "2026-06-31", name }] } }],
    [
      "a day twice",
      {
        wales: {
          added: [
            { day: "2026-06-15", name },
            { day: "2026-06-15", name },
          ],
        },
      },
    ],
    [
      "a day added and removed",
      { wales: { added: [{ day: "2026-06-15", name }], removed: [{ day: "2026-06-15", name }] } },
    ],
  ])("are refused with %s", (_, given) => {
    expect(bankHolidayChangesSchema.safeParse(given).success).toBe(false);
  });
});
