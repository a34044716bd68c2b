import { expect, it } from "vitest";
import { ownChange, ownTeamChange, type PersonAuthority } from "./import-plan.ts";

const standing = (id: string, more: Partial<PersonAuthority> = {}): PersonAuthority => ({
  id,
  roles: ["employee", "administrator"],
  teamId: "t",
  managerId: "m",
  lineManagerId: "m",
  status: "active",
  startsOn: null,
  leavesOn: null,
  ...more,
});

it.each([
  [{ roles: ["employee"] }, "roles"],
  [{ roles: ["employee", "administrator", "auditor"] }, "roles"],
  [{ teamId: null }, "team"],
  [{ managerId: null, lineManagerId: null }, "line-manager"],
  [{ managerId: null }, "line-manager"],
  [{ lineManagerId: "n" }, "line-manager"],
  [{ startsOn: "2027-01-01" }, "first-day"],
  [{ leavesOn: "2027-01-01" }, "state"],
  [{ status: "left" }, "state"],
  [{}, null],
] as const)("of oneself, %j is %s, and of somebody else only becoming their line manager is", (change, what) => {
  const of = (id: string) => ownChange("me", standing(id), standing(id, change as Partial<PersonAuthority>));
  expect([of("me"), of("other")]).toEqual([what, null]);
  expect(ownChange(null, standing("me"), standing("me", change as Partial<PersonAuthority>))).toBeNull();
});

it("lets a program mark whoever made its token as having left, and change nothing else about them", () => {
  const by = (change: Partial<PersonAuthority>, isProgram: boolean) =>
    ownChange("me", standing("me"), standing("me", change), isProgram);
  expect([by({ status: "left" }, true), by({ status: "left" }, false)]).toEqual([null, "state"]);
  expect(by({ status: "left", roles: ["employee"] }, true)).toBeNull();
  expect(by({ status: "left", roles: ["employee", "administrator", "auditor"] }, true)).toBe("roles");
  expect(by({ leavesOn: "2027-01-01" }, true)).toBe("state");
  expect(ownChange("me", standing("me", { status: "left" }), standing("me"), true)).toBe("state");
});

it("includes becoming somebody's line manager in any way, even a new person's, but not giving it up", () => {
  const mine = standing("ann", { lineManagerId: "me" });
  expect(ownChange("me", standing("ann"), mine)).toBe("reports");
  expect(ownChange("me", null, mine)).toBe("reports");
  expect([
    ownChange("me", mine, mine),
    ownChange("me", mine, standing("ann")),
    ownChange("me", null, standing("ann")),
  ]).toEqual([null, null, null]);
});

it("includes becoming the manager of a team, and anybody becoming that of one's own team", () => {
  const of = (before: string | null, after: string | null, isOwnTeam: boolean) =>
    ownTeamChange("me", { before, after, isOwnTeam });
  expect([of(null, "me", false), of("n", "me", true), of("n", "o", true), of("me", null, true)]).toEqual([
    "reports",
    "reports",
    "line-manager",
    "line-manager",
  ]);
  expect([of("me", "me", true), of("n", "o", false), of("me", "n", false)]).toEqual([null, null, null]);
  expect(ownTeamChange(null, { before: null, after: "me", isOwnTeam: true })).toBeNull();
});
