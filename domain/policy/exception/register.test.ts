import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { endOfDay } from "#domain/base/calendar/calendar.ts";
import {
  lastDayOfException,
  monthsOfEndings,
  readRegisterFilter,
  readRegisterOrder,
  REGISTER_ORDERS,
  writeRegisterFilter,
} from "./register.ts";

describe("the register's filters", () => {
  it.each<[Record<string, string | string[]>, string]>([
    [{}, ""],
    [{ state: "approved", level: "high", ends: "2027-03" }, "state=approved&level=high&ends=2027-03"],
    [{ state: ["submitted", "revoked"] }, "state=revoked"],
    [{ state: "draft", level: "huge", ends: "2027-13" }, ""],
    [{ ends: "0000-01" }, ""],
    [{ q: "  with \0 space ", decider: "Ann", sort: "risk" }, "decider=Ann&q=with++space&sort=risk"],
    [{ sort: "toString" }, ""],
    [{ sort: "newest" }, ""],
  ])("%j are read as %j", (query, address) => {
    expect(writeRegisterFilter(readRegisterFilter(query), readRegisterOrder(query))).toBe(address);
  });

  it("are read back from their own address, and survive any other", () => {
    const value = fc.oneof(fc.string(), fc.constantFrom(...Object.keys(REGISTER_ORDERS)), fc.array(fc.string()));
    const names = ["state", "level", "policy", "clause", "team", "ends", "decider", "q", "sort", "page"];
    const queries = fc.record(Object.fromEntries(names.map((name) => [name, value])), { requiredKeys: [] });
    fc.assert(
      fc.property(queries, (query) => {
        const address = writeRegisterFilter(readRegisterFilter(query), readRegisterOrder(query));
        const again = Object.fromEntries(new URLSearchParams(address));
        expect(writeRegisterFilter(readRegisterFilter(again), readRegisterOrder(again))).toBe(address);
        expect(address).not.toContain("%00");
      }),
    );
  });
});

describe("the register's days", () => {
  it("are thirteen months of endings, from this month on", () => {
    const months = monthsOfEndings("2026-11-30");
    expect([months.length, months[0], months[3], months.at(-1)]).toEqual([13, "2026-11", "2027-02", "2027-11"]);
  });

  it("are the last days of exceptions that are or were in force, and none of any others", () => {
    const [startsAt, endsAt] = [new Date("2026-10-01T09:00:00Z"), endOfDay("2027-03-31")];
    for (const state of ["approved", "expired", "revoked", "withdrawn"] as const)
      expect(lastDayOfException({ state, exception: { startsAt, endsAt } }), state).toBe("2027-03-31");
    for (const state of ["submitted", "changes-requested", "declined"] as const)
      expect(lastDayOfException({ state, exception: { startsAt, endsAt } }), state).toBeNull();
    expect(lastDayOfException({ state: "withdrawn", exception: { startsAt: null, endsAt } })).toBeNull();
    // Revoked before its first day: it was never in force.
    expect(lastDayOfException({ state: "revoked", exception: { startsAt: endsAt, endsAt } })).toBeNull();
  });
});
