import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ROLE_NAMES, ROLES } from "#domain/access/permission/permission.ts";
import { checkNames, derivedName, readUser, roleNamed, rolesSent } from "./user.ts";

const email = (resource: object) => readUser({ userName: "un@example.invalid", ...resource }).email;

describe("a user as it was sent", () => {
  it("takes the work address, then the primary one, then any, then the user name, in lower case", () => {
    const home = { value: "Home@example.invalid", type: "home", primary: true };
    const work = { value: "Work@example.invalid", type: "Work" };
    const main = { value: "Main@example.invalid", type: "work", primary: true };
    expect(email({ emails: [home, work] })).toBe("work@example.invalid");
    expect(email({ emails: [work, main] })).toBe("main@example.invalid");
    expect(email({ emails: [{ value: "x@example.invalid" }, home] })).toBe("home@example.invalid");
    expect(email({ emails: [{ value: "x@example.invalid" }] })).toBe("x@example.invalid");
    expect(email({ emails: [] })).toBe("un@example.invalid");
    const checked = (resource: object) => checkNames(readUser({ userName: "un@example.invalid", ...resource }));
    expect(() => checked({ userName: "ann", emails: [] })).toThrow(
      '"userName": “ann” is not an e-mail address. Send the',
    );
    expect(() => checked({ emails: [{ value: "a b@c", type: "work" }] })).toThrow(
      '"emails[type eq "work"].value": “a b',
    );
  });

  it("takes the display name, or the parts of the name, or the user name", () => {
    const name = (resource: object) => {
      const said = readUser({ userName: "u@x.invalid", ...resource });
      return said.displayName ?? derivedName(said);
    };
    expect(name({ displayName: "Shown", name: { formatted: "F" } })).toBe("Shown");
    expect(name({ name: { formatted: "Dr Ann Lee", givenName: "Ann", familyName: "Lee" } })).toBe("Dr Ann Lee");
    expect(name({ name: { givenName: "Ann" } })).toBe("Ann");
    expect(name({ displayName: "" })).toBe("u@x.invalid");
  });

  it("leaves fields undefined that were not sent", () => {
    const said = readUser({ userName: "u@x.invalid", active: null, roles: null, userType: "" });
    expect(said).toMatchObject({ active: undefined, roles: undefined, kind: undefined, externalId: undefined });
    expect(() => readUser({ userName: " " })).toThrow('"userName" is missing');
  });
});

it("recognises a role by its code and by its title", () => {
  for (const role of ROLES)
    expect([roleNamed(role.toUpperCase()), roleNamed(` ${ROLE_NAMES[role]} `)]).toEqual([role, role]);
  for (const none of ["", "admin", "constructor", "Auditors"]) expect(roleNamed(none)).toBeNull();
});

const PACKED = '{"id":"06b07648","value":"Policy owner","displayName":"Owners"}';

it.each<[unknown, string[]]>([
  ["auditor", ["auditor"]],
  [
    ["Auditor", { value: "policy-owner" }],
    ["auditor", "policy-owner"],
  ],
  [{ primary: true, type: "WindowsAzureActiveDirectoryRole", value: "Auditor" }, ["auditor"]],
  [{ value: "25", displayName: "Auditor" }, ["auditor"]],
  [{ Display: "Auditor" }, ["auditor"]],
  [{ value: 25, display: "Robot" }, ["25"]],
  [[{ value: PACKED }, { value: "User", display: "User" }], ["policy-owner"]],
  [PACKED, ["policy-owner"]],
  [`[${PACKED},{"value":"msiam_access"}]`, ["policy-owner"]],
  [
    [{ value: "King" }, { value: "{king" }],
    ["King", "{king"],
  ],
  [
    [true, { value: { value: "auditor" } }],
    ["true", "{…}"],
  ],
  [[null, "", {}, { type: "x" }, "User", "default access"], []],
])("finds the roles in %j", (sent, wanted) => {
  expect(rolesSent(sent).map(({ value }) => value)).toEqual(wanted);
});

it("finds roles or none in any value, and finds the same in what it found", () => {
  const nested = fc.jsonValue().map((value) => [{ value: JSON.stringify([{ value: JSON.stringify(value) }]) }]);
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), nested), (sent) => {
      const found = rolesSent(sent);
      expect(rolesSent(found)).toEqual(found);
    }),
  );
});
