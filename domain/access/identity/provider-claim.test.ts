import { describe, expect, it } from "vitest";
import {
  isStrongEnough,
  readAuthTime,
  readClaims,
  readSubject,
  unknownRoles,
  type Claims,
  type ClaimNames,
} from "./provider-claim.ts";

const names: ClaimNames = {
  emailClaim: "email",
  trustsEmail: false,
  groupsClaim: "groups",
  groupRoles: new Map([["ig", "governance-officer"]]),
  groupBodies: new Map([["staff", "nao"]]),
};
const plain: ClaimNames = { ...names, groupRoles: new Map(), groupBodies: new Map() };
const read = (idToken: Claims, of = names, userInfo: Claims = {}) => readClaims({ idToken, userInfo }, of);

it("reads who it is, and what their groups mean", () => {
  const claims = { email: " Ann.Sample@NAO.invalid", email_verified: true, name: "Ann Sample" };
  expect(read({ ...claims, groups: ["ig", "staff", "canteen"] })).toEqual({
    email: "ann.sample@nao.invalid",
    isEmailVerified: true,
    name: "Ann Sample",
    roles: ["employee", "governance-officer"],
    bodies: ["nao"],
  });
});

it("makes an employee of somebody in no group, and leaves to the directory what groups do not say", () => {
  expect(read({ email: "a@b", groups: [] })).toMatchObject({
    email: "a@b",
    name: null,
    roles: ["employee"],
    bodies: [],
  });
  expect(read({ email: "a@b", groups: "ig" }, plain)).toMatchObject({ name: null, roles: null, bodies: null });
});

describe("groups that are not listed", () => {
  const named = { _claim_names: { groups: "src1" } };
  it.each([
    [{}, "missing"],
    [{ groups: null }, "missing"],
    [{ groups: 3 }, "missing"],
    [{ groups: [{ value: "ig" }] }, "missing"],
    [{ _claim_names: { roles: "src1" } }, "missing"],
    [named, "overage"],
    [{ ...named, groups: [] }, "overage"],
    [{ ...named, groups: ["ig"] }, "overage"],
    [{ hasgroups: true }, "overage"],
    [{ hasgroups: "true" }, "overage"],
    [{ hasgroups: false }, "missing"],
  ])("%j: %s", (claims, why) => {
    expect(read(claims)).toMatchObject({ roles: why, bodies: why });
    expect(read({}, names, claims), "user information").toMatchObject({ roles: why, bodies: why });
    expect(read(claims, plain)).toMatchObject({ roles: null, bodies: null });
  });

  it("are taken from the other place where that lists them, and are none where the list is empty", () => {
    const listed = { roles: ["employee", "governance-officer"] };
    expect(read({ groups: ["ig"] }, names, named)).toMatchObject(listed);
    expect(read(named, names, { groups: ["ig"] })).toMatchObject(listed);
    expect(read({ groups: ["ig"] }, names, { groups: null })).toMatchObject(listed);
    for (const groups of [[], ""]) expect(read({ groups })).toMatchObject({ roles: ["employee"], bodies: [] });
  });
});

it.each([[{}], [{ email: 3 }], [{ email: "ann" }], [{ upn: "a@b" }]])("finds no address in %j", (claims) =>
  expect(read(claims).email).toBeNull(),
);

it("takes the e-mail address from another claim", () => {
  expect(read({ upn: "a@b" }, { ...plain, emailClaim: "upn" })).toMatchObject({ email: "a@b" });
});

describe("whether an address is verified", () => {
  const isVerified = (claims: Claims, of: Partial<ClaimNames> = {}, userInfo: Claims = {}) =>
    read({ email: "a@b", upn: "c@d", ...claims }, { ...plain, ...of }, userInfo).isEmailVerified;

  it.each([
    [{ email_verified: true }, true],
    [{ email_verified: "true" }, true],
    [{ xms_edov: true }, true],
    [{ xms_edov: 1 }, true],
    [{ xms_edov: "1" }, true],
    [{}, false],
    [{ email_verified: false }, false],
    [{ email_verified: "false" }, false],
    [{ email_verified: null }, false],
    [{ email_verified: ["true"] }, false],
    [{ email_verified: false, xms_edov: true }, false],
    [{ xms_edov: 0 }, false],
  ])("%j: %s", (claims, expected) => expect(isVerified(claims)).toBe(expected));

  it("is trusted where the provider does not say, but not where it says no", () => {
    expect(isVerified({}, { trustsEmail: true })).toBe(true);
    expect(isVerified({ email_verified: false }, { trustsEmail: true })).toBe(false);
  });

  it("is not said of an address in another claim", () => {
    expect(isVerified({ email_verified: true }, { emailClaim: "upn" })).toBe(false);
    expect(isVerified({ email_verified: true }, { emailClaim: "upn", trustsEmail: true })).toBe(true);
  });

  it("counts at the place where the address stands", () => {
    const elsewhere = read({ email: "mine@b", email_verified: true }, plain, { email: "yours@b" });
    expect(elsewhere).toMatchObject({ email: "yours@b", isEmailVerified: false });
    expect(read({ email: "mine@b", email_verified: true }, plain, { email_verified: false })).toMatchObject({
      email: "mine@b",
      isEmailVerified: true,
    });
  });
});

it("names an account by its issuer and subject, and nothing else", () => {
  expect(readSubject({ iss: "https://a", sub: "1", email: "a@b" })).toEqual({ issuer: "https://a", subject: "1" });
  for (const claims of [{}, { iss: "https://a" }, { sub: "1" }, { iss: "https://a", sub: "" }, { iss: 1, sub: "1" }])
    expect(readSubject(claims)).toBeNull();
});

it("reads when somebody signed in, and believes no other times", () => {
  const now = new Date("2026-11-24T12:00:00Z");
  const seconds = now.getTime() / 1000;
  expect(readAuthTime({ auth_time: seconds - 600 }, now)).toEqual(new Date("2026-11-24T11:50:00Z"));
  expect(readAuthTime({ auth_time: seconds + 120 }, now), "a clock ahead of ours").toEqual(now);
  for (const auth_time of [undefined, null, String(seconds), seconds * 1000, seconds + 3600, Number.NaN, -1])
    expect(readAuthTime({ auth_time }, now)).toBeNull();
});

it("asks for one of several values", () => {
  const required = [
    { claim: "amr", value: "mfa" },
    { claim: "acr", value: "urn:strong" },
  ] as const;
  for (const claims of [{ amr: ["pwd", "mfa"] }, { amr: "mfa" }, { acr: "urn:strong" }])
    expect(isStrongEnough(claims, required)).toBe(true);
  for (const claims of [{}, { amr: ["pwd"] }, { amr: ["mfa2"] }, { acr: "mfa" }, { amr: ["urn:strong"] }, { acr: "0" }])
    expect(isStrongEnough(claims, required)).toBe(false);
  expect(isStrongEnough({}, [])).toBe(true);
});

it("names roles that are none", () => {
  expect(
    unknownRoles({
      groupRoles: new Map([
        ["a", "auditor"],
        ["b", "king"],
      ]),
    }),
  ).toEqual(["king"]);
});
