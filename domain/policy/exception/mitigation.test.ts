import { describe, expect, it } from "vitest";
import type { Role } from "#domain/access/permission/permission.ts";
import { MITIGATION_OWNERS, type MitigationOwner } from "#domain/base/risk/risk.ts";
import { holderOf, looksAfter, mayTakeOver, ownsMitigation, type Held } from "./mitigation.ts";

const as = (personId: string, ...roles: Role[]) => ({ personId, roles, body: "nao" });
const PEOPLE = [
  as("asker", "employee"),
  as("manager", "line-manager"),
  as("officer", "governance-officer"),
  as("owner", "policy-owner"),
  as("senior", "senior-information-risk-owner"),
];
const held = (hasRequesterLeft: boolean, managerId: string | null): Held => {
  return { body: "nao", requesterId: "asker", hasRequesterLeft, managerId };
};
/** Every state in which people can be. */
const STATES = {
  here: held(false, "manager"),
  "here, without a manager": held(false, null),
  left: held(true, "manager"),
  "left, without a manager": held(true, null),
};

/** Written by hand: who has to carry out a mitigation of each owner. */
const OWNS: Record<keyof typeof STATES, Record<MitigationOwner, string>> = {
  here: { requester: "asker", "line-manager": "manager", "governance-officer": "officer", "policy-owner": "owner" },
  "here, without a manager": {
    requester: "asker",
    "line-manager": "officer",
    "governance-officer": "officer",
    "policy-owner": "owner",
  },
  left: { requester: "manager", "line-manager": "manager", "governance-officer": "officer", "policy-owner": "owner" },
  "left, without a manager": {
    requester: "officer",
    "line-manager": "officer",
    "governance-officer": "officer",
    "policy-owner": "owner",
  },
};

describe.each(Object.keys(STATES) as (keyof typeof STATES)[])("with the requester %s", (state) => {
  const request = STATES[state];

  it("each mitigation has exactly one who carries it out", () => {
    for (const owner of Object.keys(MITIGATION_OWNERS) as MitigationOwner[]) {
      const owners = PEOPLE.filter((one) => ownsMitigation(one, request, owner)).map(({ personId }) => personId);
      expect(owners, owner).toEqual([OWNS[state][owner]]);
    }
  });

  it("somebody looks after it, and takes it over only if its holder has left and it covers others", () => {
    const holder = OWNS[state].requester;
    expect(PEOPLE.filter((one) => looksAfter(one, request)).map(({ personId }) => personId)).toEqual([holder]);
    expect(holderOf(request) ?? "officer").toBe(holder);
    for (const scope of ["person", "team", "group"])
      for (const coversNobody of [true, false])
        for (const one of PEOPLE)
          expect(mayTakeOver(one, { ...request, scope, coversNobody })).toBe(
            request.hasRequesterLeft && scope !== "person" && !coversNobody && one.personId === holder,
          );
  });

  it("nobody of another body does", () => {
    for (const one of PEOPLE) {
      const elsewhere = { ...one, body: "nottingham" };
      expect(looksAfter(elsewhere, request)).toBe(false);
      for (const owner of Object.keys(MITIGATION_OWNERS) as MitigationOwner[])
        expect(ownsMitigation(elsewhere, request, owner)).toBe(false);
    }
  });
});
