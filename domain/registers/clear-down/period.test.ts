import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, addMonths } from "#domain/base/calendar/calendar.ts";
import { callLevel, messagesInWords, nextPeriod, periodsDue, ruleInWords, type ClearDownSchedule } from "./period.ts";

const weekly = { clearEveryDays: 7, keepYears: null };
const years = (keepYears: number) => ({ clearEveryDays: null, keepYears });
const from = (
  approvedOn: string,
  current: ClearDownSchedule["current"],
  earlier: ClearDownSchedule["earlier"] = [],
): ClearDownSchedule => ({
  approvedOn,
  current,
  earlier,
});
const dues = (schedule: ClearDownSchedule, until: string, after?: string) =>
  periodsDue(schedule, until, after).map(({ dueOn }) => dueOn);

describe("a rule in days", () => {
  it("makes nothing due before the first period ends", () => {
    expect(dues(from("2026-12-01", weekly), "2026-12-07")).toEqual([]);
    expect(periodsDue(from("2026-12-01", weekly), "2026-12-08")).toEqual([
      { from: "2026-12-01", to: "2026-12-07", dueOn: "2026-12-08", rule: weekly },
    ]);
  });

  it("covers every day once, without a gap, across the change of the clocks", () => {
    const periods = periodsDue(from("2026-03-20", weekly), "2026-11-30");
    for (const [at, { from: first }] of periods.entries())
      if (at > 0) expect(first).toBe(addDays(periods[at - 1]?.to ?? "", 1));
    expect(periods.at(-1)?.dueOn).toBe("2026-11-27");
  });

  it("names the next one", () => {
    expect(nextPeriod(from("2026-12-01", weekly), "2026-12-08")?.dueOn).toBe("2026-12-15");
    expect(nextPeriod(from("2026-12-01", { clearEveryDays: null, keepYears: null }), "2026-12-08")).toBeNull();
  });

  it("is ignored if it makes no sense", () => {
    expect(dues(from("2026-12-01", { clearEveryDays: 0, keepYears: null }), "2030-12-01")).toEqual([]);
    expect(dues(from("2026-12-01", { clearEveryDays: null, keepYears: 0 }), "2030-12-01")).toEqual([]);
  });
});

describe("a rule in years", () => {
  it("deletes no message before its time, and each within a year after", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 0, max: 4000 }), (keepYears, day) => {
        const approvedOn = "2020-02-29";
        const sent = addDays(approvedOn, day);
        const gone = periodsDue(from(approvedOn, years(keepYears)), "2050-01-01").find(({ to }) => to >= sent);
        expect(gone && addMonths(sent, 12 * keepYears) <= gone.dueOn).toBe(true);
        expect(gone && addMonths(sent, 12 * (keepYears + 1)) >= gone.dueOn).toBe(true);
      }),
    );
  });

  it("begins when the first period has ended", () => {
    expect(periodsDue(from("2024-05-10", years(2)), "2026-05-09")).toEqual([]);
    expect(periodsDue(from("2024-05-10", years(2)), "2027-05-10")).toEqual([
      { from: null, to: "2024-05-10", dueOn: "2026-05-10", rule: years(2) },
      { from: "2024-05-11", to: "2025-05-10", dueOn: "2027-05-10", rule: years(2) },
    ]);
    expect(nextPeriod(from("2024-05-10", years(2)), "2024-05-10")?.dueOn).toBe("2026-05-10");
  });
});

describe("a rule that was changed", () => {
  it("leaves earlier due days as they were, and counts anew from that day", () => {
    const schedule = from("2026-12-01", { clearEveryDays: 14, keepYears: null }, [{ ...weekly, until: "2026-12-18" }]);
    expect(periodsDue(schedule, "2027-01-10").map(({ from: first, to, dueOn }) => [first, to, dueOn])).toEqual([
      ["2026-12-01", "2026-12-07", "2026-12-08"],
      ["2026-12-08", "2026-12-14", "2026-12-15"],
      ["2026-12-15", "2026-12-31", "2027-01-01"],
    ]);
  });

  it("makes an anniversary due once if the rule changed on that day", () => {
    const schedule = from("2024-05-10", years(1), [{ ...years(2), until: "2026-05-10" }]);
    expect(dues(schedule, "2027-12-31")).toEqual(["2026-05-10", "2027-05-10"]);
    const inDays = from("2026-12-01", weekly, [{ ...weekly, until: "2026-12-08" }]);
    expect(dues(inDays, "2026-12-15")).toEqual(["2026-12-08", "2026-12-15"]);
  });

  it("includes messages that a shorter number of years makes old enough", () => {
    const schedule = from("2020-01-01", years(2), [{ ...years(6), until: "2025-03-01" }]);
    expect(periodsDue(schedule, "2026-12-31").map(({ from: first, to, dueOn }) => [first, to, dueOn])).toEqual([
      [null, "2024-01-01", "2026-01-01"],
    ]);
  });
});

it("leaves out what was cleared", () => {
  expect(dues(from("2026-12-01", weekly), "2026-12-31", "2026-12-15")).toEqual(["2026-12-22", "2026-12-29"]);
});

it("notifies the deputies after one working day and the governance officers after three", () => {
  const holidays = new Set(["2026-12-25", "2026-12-28"]);
  const levels = ["2026-12-24", "2026-12-25", "2026-12-28", "2026-12-29", "2026-12-30", "2026-12-31"];
  expect(levels.map((today) => callLevel("2026-12-24", today, holidays))).toEqual([
    null,
    null,
    null,
    "deputy",
    "deputy",
    "governance-officer",
  ]);
});

it("describes the rule and the messages in words", () => {
  expect(ruleInWords(weekly)).toBe("Messages are cleared every 7 days.");
  expect(ruleInWords(years(1))).toBe("Messages are kept for 1 year, then deleted.");
  expect(ruleInWords({ clearEveryDays: null, keepYears: null })).toBe("Messages are not cleared on a schedule.");
  expect(messagesInWords({ from: "2026-12-01", to: "2026-12-07" })).toBe(
    "messages from 1 December 2026 to 7 December 2026",
  );
  expect(messagesInWords({ from: null, to: "2026-12-07" })).toBe("messages up to 7 December 2026");
});
