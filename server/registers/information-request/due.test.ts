import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, addMonths, isWorkingDay, workingDaysBetween } from "#domain/base/calendar/calendar.ts";
import { daysOff, daysOffInLaw } from "#server/base/calendar/days-off.ts";
import { dueByClock, dueDay, type PausedDays } from "#domain/registers/information-request/due.ts";
import type { RequestKind } from "#domain/registers/information-request/information-request.ts";

const TODAY = "2030-01-01";
const due = (
  kind: RequestKind,
  receivedOn: string,
  pauses: PausedDays[] = [],
  body: Parameters<typeof daysOffInLaw>[0] = { nation: "england" },
  today = TODAY,
) => dueByClock({ kind, receivedOn, pauses }, daysOffInLaw(body, aboutOf(kind), receivedOn, today), today);
const aboutOf = (kind: RequestKind) => (kind === "subject-access" ? "personal-data" : "information");
const pause = (firstDay: string, lastDay: string | null) => ({ firstDay, lastDay });

describe("twenty working days", () => {
  it.each([
    ["england", "2026-11-30", "2026-12-30"], // Christmas Day and the substitute for Boxing Day
    ["scotland", "2026-11-27", "2026-12-30"], // St Andrew's Day
    ["england", "2026-11-27", "2026-12-30"], // the same: a bank holiday in any part of the United Kingdom
    ["england", "2026-03-20", "2026-04-21"], // Good Friday and Easter Monday
    ["scotland", "2026-03-20", "2026-04-20"], // no Easter Monday
    ["northern-ireland", "2026-07-01", "2026-07-30"], // 13 July
    ["wales", "2026-07-01", "2026-07-30"],
    ["scotland", "2026-07-01", "2026-07-29"],
    ["uk", "2026-03-02", "2026-03-31"], // St Patrick's Day
    ["england", "2028-02-01", "2028-02-29"], // a leap year
  ] as const)("in %s from %s end on %s", (nation, receivedOn, expected) => {
    const found = due("foi", receivedOn, [], { nation });
    expect(found).toBe(expected);
    const days = daysOffInLaw({ nation }, "information", receivedOn, TODAY);
    expect(workingDaysBetween(receivedOn, found ?? "", days)).toBe(20);
  });

  it("count the days on which the body is closed, as the law knows no closure days", () => {
    const closureDays = [{ firstDay: "2026-02-09", lastDay: "2026-03-10" }];
    for (const kind of ["foi", "environmental", "subject-access"] as const)
      expect(due(kind, "2026-02-02", [], { nation: "england", closureDays }), kind).toBe("2026-03-02");
  });

  it("leave out a bank holiday that content adds for any nation, but for Scotland only its own", () => {
    const only = (day: string) => ({ added: [day], removed: [] });
    const bankHolidays = { scotland: only("2026-02-10"), wales: only("2026-02-11") };
    const on = (nation: "england" | "scotland", kind: RequestKind = "foi") =>
      due(kind, "2026-02-02", [], { nation, bankHolidays });
    expect([on("england"), on("scotland")]).toEqual(["2026-03-04", "2026-03-03"]);
  });
});

describe("one month", () => {
  it.each([
    ["2026-09-03", "2026-10-05"], // a Saturday: the next working day
    ["2026-01-31", "2026-03-02"], // no 31 February: the 28th, a Saturday
    ["2028-01-31", "2028-02-29"],
    ["2026-11-25", "2026-12-29"], // Christmas Day, a weekend, the substitute for Boxing Day
    ["2026-08-14", "2026-09-14"],
    ["2026-10-30", "2026-11-30"], // St Andrew's Day, which is a bank holiday elsewhere
  ])("from %s ends on %s", (receivedOn, expected) => {
    expect(due("subject-access", receivedOn)).toBe(expected);
  });
});

describe("a pause", () => {
  it("lengthens the clock by the days it took, not by the day on which it began", () => {
    expect(due("foi", "2026-02-02", [pause("2026-02-04", "2026-02-06")])).toBe("2026-03-04");
    expect(due("foi", "2026-02-02", [pause("2026-02-06", "2026-02-08")])).toBe("2026-03-02"); // a weekend
    expect(due("subject-access", "2026-02-02", [pause("2026-02-04", "2026-02-14")])).toBe("2026-03-12");
  });

  it("that lasts counts up to today, and one begun too late does not count", () => {
    expect(due("foi", "2026-02-02", [pause("2026-02-04", null)], { nation: "england" }, "2026-02-06")).toBe(
      "2026-03-04",
    );
    for (const kind of ["foi", "subject-access"] as const)
      expect(due(kind, "2026-02-02", [pause("2026-03-20", "2026-04-20")])).toBe("2026-03-02");
  });

  it("never shortens a clock, and never ends it on a day off", () => {
    const day = fc.integer({ min: 0, max: 1500 }).map((days) => addDays("2026-01-01", days));
    const part = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 40 }));
    fc.assert(
      fc.property(day, fc.array(part, { maxLength: 3 }), (receivedOn, parts) => {
        const holidays = daysOff({ nation: "scotland" }, receivedOn, addDays(receivedOn, 400));
        let from = receivedOn;
        const pauses = parts.map(([wait, length]) => {
          const firstDay = addDays(from, wait);
          from = addDays(firstDay, length);
          return pause(firstDay, from);
        });
        const today = addDays(from, 1);
        for (const kind of ["foi", "subject-access"] as const) {
          const found = dueByClock({ kind, receivedOn, pauses }, holidays, today) ?? "";
          const plain = dueByClock({ kind, receivedOn, pauses: [] }, holidays, today) ?? "";
          expect(found >= plain).toBe(true);
          expect(isWorkingDay(found, holidays)).toBe(true);
          const days = pauses.reduce(
            (sum, { firstDay, lastDay }) =>
              sum + (firstDay < addMonths(receivedOn, 1) ? span(firstDay, lastDay ?? "") : 0),
            0,
          );
          expect(span(plain, found) >= (kind === "foi" ? 0 : days - 7)).toBe(true);
        }
      }),
    );
  });
});

const span = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000;

it("has a day of its own for each kind: by hand, by clock, or to acknowledge first", () => {
  const request = { receivedOn: "2026-02-02", dueOn: null, acknowledgedOn: null, pauses: [] };
  const on = (kind: RequestKind, more: object = {}) => dueDay({ ...request, kind, ...more }, new Set(), TODAY);
  expect(on("complaint")).toBe("2026-03-04");
  expect(on("complaint", { acknowledgedOn: "2026-02-03" })).toBeNull();
  expect(on("complaint", { acknowledgedOn: "2026-02-03", dueOn: "2026-04-01" })).toBe("2026-04-01");
  for (const kind of ["regulator", "inquiry", "litigation"] as const) {
    expect(on(kind)).toBeNull();
    expect(on(kind, { dueOn: "2026-02-10" })).toBe("2026-02-10");
  }
  expect(on("foi", { dueOn: "2026-03-30" })).toBe("2026-03-30");
  expect(on("foi", { dueOn: "2026-02-10" })).toBe("2026-03-02"); // an extension is never shorter
});
