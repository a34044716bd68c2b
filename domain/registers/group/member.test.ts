import { describe, expect, it } from "vitest";
import { inCharge, administersGroup, isIn, memberStateOf, type Membership } from "./member.ts";

const AT = new Date("2026-11-24T09:00:00Z");
const TODAY = "2026-11-24";
const member = (more: Partial<Membership> = {}): Membership => ({
  personId: "one",
  role: "member",
  hasLeft: false,
  consentedAt: AT,
  withdrawnAt: null,
  refusedAt: null,
  removalWantedAt: null,
  removedAt: null,
  awayFrom: null,
  awayUntil: null,
  ...more,
});

it.each([
  [member(), "in"],
  [member({ consentedAt: null }), "waiting"],
  [member({ consentedAt: null, refusedAt: AT }), "refused"],
  [member({ withdrawnAt: AT, removalWantedAt: AT }), "leaving"],
  [member({ hasLeft: true }), "leaving"],
  [member({ removalWantedAt: AT, removedAt: AT }), "removed"],
] as const)("stands %#: %s", (one, standing) => {
  expect(memberStateOf(one)).toBe(standing);
  expect(isIn(one)).toBe(standing === "in");
});

describe("who is responsible for a group", () => {
  const one = member({ role: "administrator" });
  const two = member({ personId: "two", role: "administrator" });
  const outside = member({ personId: null, role: "administrator" });
  const deputy = member({ personId: "deputy", role: "deputy" });
  const away = { awayFrom: TODAY, awayUntil: TODAY };
  it.each([
    ["its administrators", [one, two, deputy], ["one", "two"]],
    ["the deputy for one who is away", [one, { ...two, ...away }, deputy], ["one", "deputy"]],
    [
      "not on the day after",
      [one, { ...two, awayFrom: "2026-11-20", awayUntil: "2026-11-23" }, deputy],
      ["one", "two"],
    ],
    ["the deputy where all are outside", [outside, deputy], ["deputy"]],
    ["nobody who leaves", [{ ...one, removalWantedAt: AT }, deputy], ["deputy"]],
    ["nobody", [outside], []],
  ])("%s", (_, members, expected) => expect(inCharge(members, TODAY)).toEqual(expected));

  it("treats a deputy as an administrator, but not a member", () => {
    expect(administersGroup("deputy", [one, deputy])).toBe(true);
    expect(administersGroup("three", [one, member({ personId: "three" })])).toBe(false);
    expect(administersGroup("one", [{ ...one, hasLeft: true }])).toBe(false);
  });
});
