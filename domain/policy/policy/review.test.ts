import { describe, expect, it } from "vitest";
import { isInterimOverdue, lastDayIn, reviewStanding } from "./front-matter.ts";

describe("lastDayIn", () => {
  it.each([
    ["2026-11-22", "2026-11-22"],
    ["2026-11", "2026-11-30"],
    ["2028-02", "2028-02-29"],
  ])("of %s is %s", (date, last) => expect(lastDayIn(date)).toBe(last));
});

describe("reviewStanding", () => {
  const kindOn = (today: string, reviewDue: string | null) =>
    reviewStanding({ reviewDue, status: "in force" }, today).kind;

  it("counts a month to its last day", () => {
    expect(kindOn("2026-11-30", "2026-11")).toBe("due-soon");
    expect(kindOn("2026-12-01", "2026-11")).toBe("overdue");
  });

  it("counts a day until it is over", () => {
    expect(kindOn("2026-11-22", "2026-11-22")).toBe("due-soon");
    expect(kindOn("2026-11-23", "2026-11-22")).toBe("overdue");
  });

  it("warns from 60 days before", () => {
    expect(kindOn("2026-11-01", "2026-12-31")).toBe("due-soon");
    expect(kindOn("2026-10-31", "2026-12-31")).toBe("later");
  });

  it("says if no date is stated, and requires nothing of a withdrawn policy", () => {
    expect(kindOn("2026-11-22", null)).toBe("not-stated");
    expect(reviewStanding({ reviewDue: "2019-12", status: "withdrawn" }, "2026-11-22").kind).toBe("none");
  });
});

describe("isInterimOverdue", () => {
  it("is true once the promised end has passed, for an interim policy only", () => {
    const on = (today: string, status: "interim" | "in force") =>
      isInterimOverdue({ status, interimUntil: "2020-12" }, today);
    expect(on("2020-12-31", "interim")).toBe(false);
    expect(on("2021-01-01", "interim")).toBe(true);
    expect(on("2021-01-01", "in force")).toBe(false);
    expect(isInterimOverdue({ status: "interim", interimUntil: null }, "2021-01-01")).toBe(false);
  });
});
