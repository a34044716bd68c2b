import { describe, expect, it } from "vitest";
import { ROLES, type Role } from "#domain/access/permission/permission.ts";
import { DEPUTISED_ROLES, deputisedRolesOf, deputyDayProblems, deputyStateOn, mayStandInAs } from "./deputy.ts";

const TODAY = "2026-11-30";

describe("a deputy", () => {
  it("has the same role or a higher one, where more than one person has any", () => {
    const may: Record<string, readonly Role[]> = {
      "line-manager": ["line-manager", "governance-officer", "senior-information-risk-owner"],
      "governance-officer": ["governance-officer", "senior-information-risk-owner"],
      "policy-owner": ["policy-owner", "governance-officer", "senior-information-risk-owner"],
      "senior-information-risk-owner": ["governance-officer", "senior-information-risk-owner"],
      administrator: ROLES,
    };
    for (const role of DEPUTISED_ROLES)
      for (const own of ROLES)
        expect(mayStandInAs(role, ["employee", own]), `${own} for ${role}`).toBe(may[role]?.includes(own));
  });

  it("stands in for roles that decide alone", () => {
    expect(deputisedRolesOf(ROLES)).toEqual(DEPUTISED_ROLES);
    expect(deputisedRolesOf(["employee", "auditor"])).toEqual([]);
  });

  it("begins today or later, and ends within twelve months", () => {
    const fieldsOf = (from: string, until: string) => deputyDayProblems(from, until, TODAY).map(({ field }) => field);
    expect(fieldsOf(TODAY, TODAY)).toEqual([]);
    expect(fieldsOf("2026-11-29", TODAY)).toEqual(["from"]);
    expect(fieldsOf("2026-12-02", "2026-12-01")).toEqual(["until"]);
    expect(fieldsOf(TODAY, "2027-11-29")).toEqual([]);
    expect(fieldsOf(TODAY, "2027-11-30")).toEqual(["until"]);
    // The twelve months count from the first day, not from today.
    expect(fieldsOf("2027-02-01", "2028-01-31")).toEqual([]);
  });

  it("runs from the first day to the last, unless it was ended", () => {
    const days = { from: "2026-12-01", until: "2026-12-03", endedAt: null };
    const states = ["2026-11-30", "2026-12-01", "2026-12-03", "2026-12-04"].map((day) => deputyStateOn(days, day));
    expect(states).toEqual(["to-come", "runs", "runs", null]);
    expect(deputyStateOn({ ...days, endedAt: new Date() }, "2026-12-02")).toBeNull();
  });
});
