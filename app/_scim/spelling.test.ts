import { beforeEach, expect, it } from "vitest";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { ENTERPRISE, filtered, patch, PATCH, providerOf, USER, type Provider } from "./testing/provider.ts";

// The same request in the spellings that providers use for it.
describeOnOneDatabase("what a provider spells in another way", (database) => {
  let send: Provider;
  let path: string;
  const change = async (...operations: unknown[]) => (await send("PATCH", path, patch(...operations))).body;
  beforeEach(async () => {
    send = await providerOf(await addPerson(database(), "administrator", { roles: ["administrator"] }));
    const made = await send("POST", "/Users", {
      schemas: [USER],
      externalId: "e1",
      userName: "ann@x.invalid",
      active: "True",
      name: { givenName: "Ann", familyName: "One" },
      emails: [{ primary: "true", type: "work", value: "ann@x.invalid" }],
      roles: [{ primary: "True", value: "governance-officer" }],
    });
    path = `/Users/${made.body.id}`;
  });

  it.each([
    'emails[type eq "work"].value',
    'Emails[Type EQ "Work"].Value',
    'emails[primary eq "True"].value',
    'emails[ type eq "WORK" AND primary eq true ].value',
    `${USER}:emails[type eq "work"].value`,
  ])("finds the address that %s names", async (named) => {
    const { emails } = await change({ op: "REPLACE", path: named, value: "new@x.invalid" });
    expect(emails).toEqual([{ value: "new@x.invalid", type: "work", primary: true }]);
  });

  it("changes the parts of a name that are sent, and leaves the others", async () => {
    expect((await change({ op: "replace", value: { name: { familyName: "Two" } } })).name).toMatchObject({
      givenName: "Ann",
      familyName: "Two",
    });
    expect((await change({ op: "Replace", path: "NAME", value: { GIVENNAME: "Anna" } })).name).toMatchObject({
      givenName: "Anna",
      familyName: "Two",
    });
    const more = { "name.familyName": "Three", [`${ENTERPRISE}:department`]: "Tax", DISPLAYNAME: "A. Three" };
    expect(await change({ op: "replace", value: more })).toMatchObject({
      name: { givenName: "Anna", familyName: "Three" },
      displayName: "A. Three",
      [ENTERPRISE]: { department: "Tax" },
    });
  });

  it("takes names of attributes with any capital letters, in a patch as in a user", async () => {
    const patched = await send("PATCH", path, {
      Schemas: [PATCH],
      operations: [{ OP: "replace", PATH: "displayname", VALUE: "Lower" }],
    });
    expect(patched.body.displayName).toBe("Lower");
    const put = { schemas: [USER], USERNAME: "ann@x.invalid", DisplayName: "Put", Active: "False", externalid: "e2" };
    expect((await send("PUT", path, put)).body).toMatchObject({ displayName: "Put", active: false, externalId: "e2" });
    expect((await send("GET", filtered("Users", 'EXTERNALID EQ "e2"'))).body.totalResults).toBe(1);
    expect((await send("GET", filtered("Users", 'externalId eq "E2"'))).body.totalResults).toBe(0);
  });

  it.each(["False", "false", false, ["False"], [{ value: "False" }]])(
    "lets somebody go who is sent as %j, whatever else is sent with it, and takes them up again",
    async (value) => {
      const rest = [
        { op: "Add", path: "favouriteColour", value: "red" },
        { op: "Replace", path: 'roles[primary eq "True"].value', value: "nonsense" },
      ];
      expect((await change({ op: "Replace", path: "active", value }, ...rest)).active).toBe(false);
      const back = await change(
        { op: "Replace", value: { ACTIVE: "True" } },
        { op: "Add", path: "nickName", value: "N" },
      );
      expect(back.active).toBe(true);
    },
  );

  it("turns pages from 0 or below as from the first, and counts without sending", async () => {
    for (const query of ["startIndex=0&count=1", "startIndex=-3&count=1", "count=1"])
      expect((await send("GET", `/Users?${query}`)).body).toMatchObject({ startIndex: 1, itemsPerPage: 1 });
    for (const query of ["count=0", "count=-1", "startIndex=0&count=0"])
      expect((await send("GET", `/Users?${query}`)).body).toMatchObject({ totalResults: 2, Resources: [] });
    expect((await send("GET", "/Users?startIndex=99")).body).toMatchObject({ totalResults: 2, Resources: [] });
  });

  it("knows somebody by their externalId when they come back under another name", async () => {
    await send("DELETE", path);
    const again = {
      schemas: [USER],
      userName: "other@x.invalid",
      externalId: "e1",
      displayName: "Back",
      active: "true",
    };
    const back = await send("POST", "/Users", again);
    expect([back.status, `/Users/${back.body.id}`]).toEqual([201, path]);
  });
});
