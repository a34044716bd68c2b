import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { endOfDay } from "#domain/base/calendar/calendar.ts";
import {
  countEndings,
  countWorstRisks,
  filterRegister,
  lastDayOfException,
  listEndMonths,
  readRegisterFilter,
  writeRegisterFilter,
  type RegisterEntry,
} from "./register.ts";
import type { Score } from "#domain/base/risk/risk.ts";

const entry = (
  reference: string,
  state: RegisterEntry["state"],
  more: Partial<RegisterEntry["exception"]> = {},
): RegisterEntry => ({
  state,
  exception: {
    reference,
    policy: "nao",
    clauses: ["4.3"],
    justification: "Partners ask.",
    residual: 6,
    startsAt: new Date("2026-10-01T09:00:00Z"),
    endsAt: null,
    requester: { name: "Ann", teamId: "fraud", teamName: "Fraud" },
    risks: [{ likelihoodAfter: 2, impactAfter: 3 }],
    ...more,
  },
});

const WAITING = entry("EX-2222-2222", "submitted");
const APPROVED = entry("EX-3333-3333", "approved", { endsAt: endOfDay("2027-03-31"), residual: 15, clauses: ["3.1"] });
const EXPIRED = entry("EX-4444-4444", "expired", { endsAt: endOfDay("2026-10-31"), policy: "other" });
const REVOKED = entry("EX-5555-5555", "revoked", {
  endsAt: endOfDay("2027-03-31"),
  requester: { name: "Bob", teamId: "audit", teamName: "Audit" },
  justification: "İstanbul 📱",
});
const ALL = [WAITING, APPROVED, EXPIRED, REVOKED];

const found = (query: Record<string, string | string[]>) =>
  filterRegister(ALL, readRegisterFilter(query)).map(({ exception }) => exception.reference.slice(-4));

describe("the register's filters", () => {
  it.each<[Record<string, string | string[]>, string[]]>([
    [{}, ["2222", "3333", "4444", "5555"]],
    [{ state: "approved" }, ["3333"]],
    [{ state: "expired" }, ["4444"]],
    [{ level: "high" }, ["3333"]],
    [{ policy: "other" }, ["4444"]],
    [{ clause: "3.1" }, ["3333"]],
    [{ clause: "3" }, []],
    [{ team: "audit" }, ["5555"]],
    [{ ends: "2027-03" }, ["3333", "5555"]],
    [{ text: "ex-4444" }, ["4444"]],
    [{ text: "ANN", state: "submitted" }, ["2222"]],
    [{ text: "📱" }, ["5555"]],
    [{ state: ["submitted", "revoked"] }, ["5555"]],
    [{ state: "draft", level: "huge", ends: "2027-13" }, ["2222", "3333", "4444", "5555"]],
    [{ policy: "nowhere" }, []],
  ])("%j lets through %j", (query, references) => {
    expect(found(query)).toEqual(references);
  });

  it("are read back from their own address, and survive any other", () => {
    const value = fc.oneof(fc.string(), fc.array(fc.string(), { maxLength: 3 }));
    const names = ["state", "level", "policy", "clause", "team", "ends", "text", "page"];
    const queries = fc.record(Object.fromEntries(names.map((name) => [name, value])), { requiredKeys: [] });
    fc.assert(
      fc.property(queries, (query) => {
        const filter = readRegisterFilter(query);
        const address = writeRegisterFilter(filter);
        const again = readRegisterFilter(Object.fromEntries(new URLSearchParams(address)));
        expect(writeRegisterFilter(again)).toBe(address);
        filterRegister(ALL, filter);
      }),
    );
  });
});

describe("the register's pictures", () => {
  it("count each request once, by its worst risk and, if equal, the one with more impact", () => {
    const risks: [Score, Score][] = [
      [4, 2],
      [2, 4],
      [1, 5],
    ];
    const one = entry("EX-6666-6666", "approved", {
      risks: risks.map(([likelihoodAfter, impactAfter]) => ({ likelihoodAfter, impactAfter })),
    });
    const countAt = countWorstRisks([one, WAITING, entry("EX-7777-7777", "draft", { risks: [] })]);
    expect([countAt(2, 4), countAt(4, 2), countAt(1, 5), countAt(2, 3)]).toEqual([1, 0, 0, 1]);
  });

  it("count approved exceptions by the month of their last day, from this month on", () => {
    const endings = countEndings(ALL, "2026-11-22");
    expect(endings.map(({ month }) => month)).toHaveLength(13);
    expect([endings[0]?.month, endings.at(-1)?.month]).toEqual(["2026-11", "2027-11"]);
    expect(endings.filter(({ count }) => count > 0)).toEqual([{ month: "2027-03", count: 1 }]);
  });

  it("know the last day of exceptions that are or were approved, and none of any others", () => {
    expect(ALL.map(lastDayOfException)).toEqual([null, "2027-03-31", "2026-10-31", "2027-03-31"]);
    // Revoked before its first day: it was never in force.
    const early = { ...REVOKED, exception: { ...REVOKED.exception, startsAt: endOfDay("2027-03-31") } };
    expect(lastDayOfException(early)).toBeNull();
    expect(listEndMonths(ALL)).toEqual(["2026-10", "2027-03"]);
  });
});
