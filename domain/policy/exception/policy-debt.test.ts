import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  approvalsInWords,
  consideredInWords,
  DEBT_FROM,
  debtLimits,
  debtReasonProblems,
  debtTitle,
  LONGEST_DEBT_REASON,
  policyDebt,
  type ClauseApprovals,
} from "./policy-debt.ts";

const on = (day: string) => new Date(`${day}T12:00:00Z`);
const MANY: ClauseApprovals = {
  approvals: 6,
  extension: 0,
  manySince: on("2026-09-01"),
  longSince: null,
  lastAt: on("2026-11-02"),
  firstSinceVersion: null,
};
const LONG: ClauseApprovals = { ...MANY, approvals: 1, extension: 3, manySince: null, longSince: on("2026-08-03") };

describe("policy debt", () => {
  it.each([
    [null, { approvals: 5, extension: 3 }],
    [
      { approvals: 6, extension: 0 },
      { approvals: 7, extension: 3 },
    ],
    [
      { approvals: 1, extension: 3 },
      { approvals: 5, extension: 4 },
    ],
  ])("after %j is looked at is more than that: %j", (considered, limits) => {
    expect(debtLimits(considered)).toEqual(limits);
  });

  it("is never owed for what was considered, and always for one more of what is debt", () => {
    const number = fc.integer({ min: 0, max: 50 });
    fc.assert(
      fc.property(number, number, (approvals, extension) => {
        const limits = debtLimits({ approvals, extension });
        expect(limits.approvals > approvals && limits.extension > extension).toBe(true);
        if (approvals >= DEBT_FROM.approvals) expect(limits.approvals).toBe(approvals + 1);
        if (extension >= DEBT_FROM.extension) expect(limits.extension).toBe(extension + 1);
      }),
    );
  });

  it.each<[string, ClauseApprovals, string, string | null]>([
    ["many, without a day of the version", MANY, "", "2026-09-01"],
    ["many, under an old version", MANY, "2020-01-01", "2026-09-01"],
    ["one for long", LONG, "", "2026-08-03"],
    ["both, since the first", { ...MANY, longSince: on("2026-08-03") }, "", "2026-08-03"],
    ["neither", { ...MANY, manySince: null }, "", null],
    ["a version on the day of the last approval: the approval came after it", MANY, "2026-11-02", "2026-09-01"],
    ["a version since the last approval", MANY, "2026-11-03", null],
    [
      "another approval after the version",
      { ...MANY, firstSinceVersion: on("2026-10-05"), lastAt: on("2026-11-02") },
      "2026-10-01",
      "2026-10-05",
    ],
    [
      "a version before it came about",
      { ...MANY, firstSinceVersion: on("2026-08-10"), lastAt: on("2026-11-02") },
      "2026-08-01",
      "2026-09-01",
    ],
  ])("with %s", (_, approvals, versionFrom, since) => {
    const debt = policyDebt(approvals, versionFrom);
    expect(debt?.since.toISOString().slice(0, 10) ?? null).toBe(since);
  });

  it("is told in words", () => {
    const [many, long] = [policyDebt(MANY, ""), policyDebt(LONG, "")];
    expect(many && debtTitle("4.4", many)).toBe("Look at clause 4.4: 6 exceptions in a year");
    expect(long && debtTitle("4.4", long)).toBe("Look at clause 4.4: an exception extended 3 times");
    expect(approvalsInWords({ approvals: 6, extension: 3 })).toBe(
      "6 exceptions from it were approved in the last twelve months. One was extended 3 times.",
    );
    expect(approvalsInWords({ approvals: 1, extension: 1 })).toBe(
      "1 exception from it was approved in the last twelve months. One was extended once.",
    );
    expect(approvalsInWords({ approvals: 0, extension: 0 })).toBe(
      "No exception from it was approved in the last twelve months.",
    );
    expect(consideredInWords({ approvals: 6, extension: 0, at: on("2026-05-03") })).toBe(
      "Kept as it is on 3 May 2026, at 6 exceptions in a year.",
    );
  });

  it("needs a reason to keep the policy as it is", () => {
    expect(debtReasonProblems("")).toEqual([{ field: "reason", message: "Say why the policy stays as it is." }]);
    expect(debtReasonProblems("x".repeat(LONGEST_DEBT_REASON + 1))).toHaveLength(1);
    expect(debtReasonProblems("Partners have no other way.")).toEqual([]);
  });
});
