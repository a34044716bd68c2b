import { expect, it } from "vitest";
import { readClaims, unknownRoles, type ClaimNames } from "./provider-claim.ts";

const names: ClaimNames = {
  ...{ emailClaim: "email", groupsClaim: "groups" },
  groupRoles: new Map([["ig", "governance-officer"]]),
  groupBodies: new Map([["staff", "nao"]]),
};
const plain: ClaimNames = { ...names, groupRoles: new Map(), groupBodies: new Map() };

it("reads who it is, and what their groups mean", () => {
  const claims = { email: " Ann.Sample@NAO.invalid", name: "Ann Sample", groups: ["ig", "staff", "canteen"] };
  expect(readClaims(claims, names)).toEqual({
    ...{ email: "ann.sample@nao.invalid", name: "Ann Sample" },
    ...{ roles: ["employee", "governance-officer"], bodies: ["nao"] },
  });
});

it("makes an employee of somebody in no group, and leaves to the directory what groups do not say", () => {
  expect(readClaims({ email: "a@b" }, names)).toEqual({ email: "a@b", name: null, roles: ["employee"], bodies: [] });
  expect(readClaims({ email: "a@b", groups: "ig" }, plain)).toEqual({
    ...{ email: "a@b", name: null, roles: null, bodies: null },
  });
});

it.each([[{}], [{ email: 3 }], [{ email: "ann" }], [{ email: "a@b", email_verified: false }], [{ upn: "a@b" }]])(
  "knows nobody by %j",
  (claims) => expect(readClaims(claims, names)).toBeNull(),
);

it("takes the e-mail address from another claim", () => {
  expect(readClaims({ upn: "a@b" }, { ...plain, emailClaim: "upn" })).toMatchObject({ email: "a@b" });
});

it("names roles that are none", () => {
  expect(unknownRoles({ groupRoles: new Map([["a", "auditor"], ["b", "king"]]) })).toEqual(["king"]); // prettier-ignore
});
