import { describe, expect, it } from "vitest";
import type { Role } from "#domain/access/permission/permission.ts";
import { daysThatCount, DUTY_ROLES, inTurn, isAwayThroughout, standIns, UP_THE_LINE } from "./stand-in.ts";

const person = (personId: string, ...roles: Role[]) => ({ personId, roles: ["employee" as const, ...roles] });
const OWNER = person("owner", "policy-owner");
const OFFICER = person("officer", "governance-officer");
const SENIOR = person("senior", "senior-information-risk-owner");
const acting = (...args: Parameters<typeof standIns>) =>
  [...standIns(...args)].map(
    ([id, roles]) => `${id}: ${[...roles].map(([role, why]) => `${role} (${why})`).join(", ")}`,
  );

describe("who stands in", () => {
  it("is nobody while each role has somebody", () => {
    expect(acting([OWNER, OFFICER, SENIOR, person("x", "auditor")], [])).toEqual([]);
  });

  it("is the nearest up the line, for every role that nobody has", () => {
    expect(acting([OFFICER, SENIOR], [])).toEqual(["officer: policy-owner (nobody-there)"]);
    expect(acting([OWNER, SENIOR], [])).toEqual(["senior: governance-officer (nobody-there)"]);
    expect(acting([SENIOR], [])).toEqual(["senior: policy-owner (nobody-there), governance-officer (nobody-there)"]);
    expect(acting([OWNER, OFFICER], [])).toEqual([]);
    expect(acting([person("x"), person("admin", "administrator")], [])).toEqual([]);
  });

  it("is a deputy, who is there and has not the role themselves", () => {
    const place = (deputyId: string, role: Role) => ({ deputyId, role });
    const all = [OWNER, OFFICER, SENIOR, person("ann")];
    expect(acting(all, [place("officer", "senior-information-risk-owner"), place("ann", "administrator")])).toEqual([
      "officer: senior-information-risk-owner (deputy)",
      "ann: administrator (deputy)",
    ]);
    expect(acting(all, [place("officer", "governance-officer"), place("gone", "policy-owner")])).toEqual([]);
    // Line managers have their people, not a role towards everybody.
    expect(acting(all, [place("officer", "line-manager")])).toEqual([]);
  });

  it("has a line that ends, without circles", () => {
    for (const role of DUTY_ROLES) expect(UP_THE_LINE[role]).not.toContain(role);
    expect(inTurn("policy-owner", [SENIOR])?.role).toBe("senior-information-risk-owner");
    expect(inTurn("senior-information-risk-owner", [OFFICER])).toBeNull();
  });
});

describe("being away for too long", () => {
  const christmas = new Set(["2026-12-25", "2026-12-28"]);
  const isAway = (today: string, ...absences: [string, string][]) =>
    isAwayThroughout(
      absences.map(([firstDay, lastDay]) => ({ firstDay, lastDay })),
      daysThatCount(5, today, christmas),
      christmas,
    );
  it("is being away on so many working days before today, and today", () => {
    expect(isAway("2026-12-04", ["2026-11-30", "2026-12-31"])).toBe(false);
    expect(isAway("2026-12-07", ["2026-11-30", "2026-12-31"])).toBe(true);
    expect(isAway("2026-12-07", ["2026-11-30", "2026-12-04"])).toBe(false); // back today
    expect(isAway("2026-12-07", ["2026-11-30", "2026-12-04"], ["2026-12-07", "2026-12-07"])).toBe(true);
    expect(isAway("2026-12-07", ["2026-11-30", "2026-12-02"], ["2026-12-04", "2026-12-31"])).toBe(false);
  });
  it("does not count bank holidays", () => {
    expect(isAway("2026-12-29", ["2026-12-21", "2026-12-31"])).toBe(false);
    expect(isAway("2026-12-30", ["2026-12-21", "2026-12-31"])).toBe(true);
  });
});
