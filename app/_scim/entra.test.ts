import { beforeEach, expect, it } from "vitest";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { ENTERPRISE, filtered, GROUP, patch, providerOf, USER, type Provider } from "./testing/provider.ts";

const SAMPLE = {
  schemas: [USER, ENTERPRISE],
  externalId: "0a21f0f2",
  userName: "Test_User_00aa",
  active: true,
  meta: { resourceType: "User" },
  emails: [{ primary: true, type: "work", value: "Test_User_11bb@testuser.invalid" }],
  name: { formatted: "givenName familyName", familyName: "familyName", givenName: "givenName" },
  roles: [],
};
const sample = (name: string) => ({
  schemas: [USER],
  userName: `${name}@sample.invalid`,
  externalId: `object-${name}`,
  active: true,
  displayName: `Ann ${name}`,
  emails: [{ primary: true, type: "work", value: `${name}@sample.invalid` }],
});

// The requests that Microsoft's "Develop and plan provisioning for a SCIM endpoint" lists, in its order.
describeOnEachDatabase("Microsoft Entra ID", (database) => {
  let entra: Provider;
  beforeEach(async () => {
    entra = await providerOf(await addPerson(database(), "administrator", { roles: ["administrator"] }));
  });
  const create = async (user: object = SAMPLE) => {
    const { status, body } = await entra("POST", "/Users", user);
    expect(status).toBe(201);
    return body;
  };
  const person = (id: string) => database().prisma.person.findUniqueOrThrow({ where: { id } });
  const events = async () =>
    (await database().prisma.evidence.findMany({ orderBy: { position: "asc" } }))
      .map(({ event }) => event)
      .filter((event) => !event.startsWith("api-token"));

  it("creates a user whose name is not the address, and reads it back as it sent it", async () => {
    const { status, body, headers } = await entra("POST", "/Users", SAMPLE);
    expect(status).toBe(201);
    expect(headers.get("content-type")).toBe("application/scim+json");
    expect(headers.get("location")).toBe(body.meta.location);
    expect(body.meta.location).toMatch(new RegExp(`/scim/v2/Users/${body.id}$`));
    expect(body).toMatchObject({
      externalId: SAMPLE.externalId,
      userName: SAMPLE.userName,
      active: true,
      name: SAMPLE.name,
      emails: [{ value: "test_user_11bb@testuser.invalid", type: "work", primary: true }],
      meta: { resourceType: "User" },
    });
    expect((await entra("GET", `/Users/${body.id}`)).body).toEqual(body);
    expect(await person(body.id)).toMatchObject({
      email: "test_user_11bb@testuser.invalid",
      name: "givenName familyName",
      body: "nao",
      roles: ["employee"],
    });
    expect(await events()).toEqual(["person.added"]);
  });

  it("finds a user by name, however it is spelt, by its own id and by work address", async () => {
    const { id } = await create();
    for (const filter of [
      'userName eq "Test_User_00aa"',
      'userName eq "TEST_user_00AA"',
      'externalId eq "0a21f0f2"',
      "externalId eq 0a21f0f2",
      'emails[type eq "work"].value eq "Test_User_11bb@testuser.invalid"',
      'emails[type eq "work" and value eq "test_user_11bb@testuser.invalid"]',
      `id eq "${id}" and active eq true`,
    ]) {
      const { status, body } = await entra("GET", filtered("Users", filter));
      expect(status, filter).toBe(200);
      expect(body, filter).toMatchObject({ totalResults: 1, startIndex: 1, itemsPerPage: 1, Resources: [{ id }] });
    }
    for (const filter of [
      'userName eq "TestXUser_00aa"',
      'userName eq "non-existent user"',
      'externalId eq "0A21F0F2"',
    ])
      expect((await entra("GET", filtered("Users", filter))).body, filter).toMatchObject({
        totalResults: 0,
        Resources: [],
      });
  });

  it("does not find whom there is not", async () => {
    const { status, body } = await entra("GET", "/Users/5171a35d82074e068ce2");
    expect([status, body.status, body.schemas]).toEqual([404, "404", ["urn:ietf:params:scim:api:messages:2.0:Error"]]);
  });

  it("changes address, family name and user name by patch", async () => {
    const { id } = await create();
    const changed = await entra(
      "PATCH",
      `/Users/${id}`,
      patch(
        { op: "Replace", path: 'emails[type eq "work"].value', value: "updatedEmail@testuser.invalid" },
        { op: "Replace", path: "name.familyName", value: "updatedFamilyName" },
      ),
    );
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({
      name: { formatted: "givenName updatedFamilyName", familyName: "updatedFamilyName", givenName: "givenName" },
      emails: [{ value: "updatedemail@testuser.invalid", type: "work", primary: true }],
    });
    expect((await person(id)).name).toBe("givenName updatedFamilyName");
    const renamed = await entra(
      "PATCH",
      `/Users/${id}`,
      patch({ op: "Replace", path: "userName", value: "5b50642d@testuser.invalid" }),
    );
    expect(renamed.body).toMatchObject({
      userName: "5b50642d@testuser.invalid",
      name: changed.body.name,
      emails: changed.body.emails,
    });
  });

  it("disables a user, who is signed out, and enables them again", async () => {
    const { id } = await create(sample("leaver"));
    for (const no of [false, "false"]) {
      await entra("PATCH", `/Users/${id}`, patch({ op: "Replace", path: "active", value: no }));
      expect((await person(id)).status).toBe("left");
      await entra("PATCH", `/Users/${id}`, patch({ op: "Replace", path: "active", value: true }));
    }
    const expiresAt = new Date(Date.now() + 3_600_000);
    await database().prisma.session.create({ data: { id: "s", token: "t", personId: id, expiresAt } });
    const disabled = await entra("PATCH", `/Users/${id}`, patch({ op: "Replace", path: "active", value: "False" }));
    expect([disabled.status, disabled.body.active]).toEqual([200, false]);
    expect((await person(id)).status).toBe("left");
    expect(await database().prisma.session.count()).toBe(0);
    const found = await entra("GET", filtered("Users", 'userName eq "leaver@sample.invalid"'));
    expect(found.body.Resources).toMatchObject([{ id, active: false }]);
    const back = await entra("PATCH", `/Users/${id}`, patch({ op: "Add", path: "active", value: "True" }));
    expect(back.body.active).toBe(true);
    const once = ["person.left", "person.returned"];
    expect(await events()).toEqual(["person.added", ...once, ...once, ...once]);
  });

  it("takes what it says of work: team, manager in each of its spellings, employer", async () => {
    const boss = await create(sample("boss"));
    const { id } = await create({
      ...sample("worker"),
      schemas: [USER, ENTERPRISE],
      [ENTERPRISE]: { department: "Audit North", employeeNumber: "701984", manager: { value: boss.id } },
    });
    const work = async () => (await entra("GET", `/Users/${id}`)).body[ENTERPRISE];
    expect(await work()).toMatchObject({
      department: "Audit North",
      organization: "National Audit Office",
      manager: { value: boss.id, displayName: "Ann boss", $ref: boss.meta.location },
    });
    const other = await create(sample("other"));
    for (const operation of [
      { op: "Replace", path: `${ENTERPRISE}:manager`, value: other.id },
      { op: "Replace", path: `${ENTERPRISE}:manager`, value: { value: boss.id } },
      { op: "Add", path: "manager", value: [{ $ref: `http://…/Users/${other.id}`, value: other.id }] },
      { op: "Replace", path: `${ENTERPRISE}:manager.value`, value: boss.id },
      { op: "add", value: { [`${ENTERPRISE}:manager`]: { value: other.id } } },
      { op: "add", value: { [ENTERPRISE]: { manager: { value: boss.id } } } },
    ]) {
      const wanted = JSON.stringify(operation).includes(boss.id) ? boss.id : other.id;
      const { status, body } = await entra("PATCH", `/Users/${id}`, patch(operation));
      expect([status, body[ENTERPRISE].manager?.value], JSON.stringify(operation)).toEqual([200, wanted]);
    }
    const isManager = await entra(
      "GET",
      filtered("Users", `id eq "${id}" and manager eq "${boss.id}"`, "&attributes=id"),
    );
    expect(isManager.body.Resources).toEqual([{ id, schemas: [USER, ENTERPRISE] }]);
    await entra(
      "PATCH",
      `/Users/${id}`,
      patch({ op: "Remove", path: `${ENTERPRISE}:manager` }, { op: "Remove", path: `${ENTERPRISE}:department` }),
    );
    expect(await work()).toEqual({ organization: "National Audit Office" });
    expect(await person(id)).toMatchObject({ managerId: null, teamId: null });
  });

  it("takes attributes that are not kept, and says nothing of them", async () => {
    const { id } = await create({ ...sample("rich"), title: "Auditor", phoneNumbers: [{ type: "work", value: "1" }] });
    for (const operation of [
      { op: "Add", path: 'phoneNumbers[type eq "mobile"].value', value: "07700 900000" },
      { op: "Replace", path: 'addresses[type eq "work"].formatted', value: "1 High Street" },
      { op: "Replace", path: "title", value: "Senior" },
      { op: "Add", path: `${ENTERPRISE}:employeeNumber`, value: "7" },
      { op: "Replace", value: { title: "Other", "name.givenName": "Anna" } },
    ])
      expect((await entra("PATCH", `/Users/${id}`, patch(operation))).status, JSON.stringify(operation)).toBe(200);
    const { body } = await entra("GET", `/Users/${id}`);
    expect(body.name.givenName).toBe("Anna");
    for (const name of ["title", "phoneNumbers", "addresses"]) expect(body).not.toHaveProperty(name);
  });

  it("deletes a user, who is gone for it and stays in the directory as somebody who left", async () => {
    const { id } = await create(sample("gone"));
    expect((await entra("DELETE", `/Users/${id}`)).status).toBe(204);
    expect((await entra("GET", `/Users/${id}`)).status).toBe(404);
    expect((await entra("DELETE", `/Users/${id}`)).status).toBe(404);
    expect((await entra("GET", filtered("Users", 'userName eq "gone@sample.invalid"'))).body.totalResults).toBe(0);
    expect(await person(id)).toMatchObject({ status: "left", roles: ["employee"], name: "Ann gone" });
    const again = await create({ ...sample("gone"), externalId: "object-new" });
    expect([again.id, again.active, again.externalId]).toEqual([id, true, "object-new"]);
    await entra("DELETE", `/Users/${id}`);
    const pseudonym = { name: "Person 1", email: "person-1@pseudonym.invalid", pseudonymisedAt: new Date() };
    await database().prisma.person.update({ where: { id }, data: pseudonym });
    expect((await create(sample("gone"))).id, "a pseudonym is nobody's").not.toBe(id);
  });

  it("makes, finds, renames, fills, empties and deletes a group", async () => {
    const user = await create(sample("member"));
    const made = await entra("POST", "/Groups", {
      schemas: [GROUP, "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],
      externalId: "8aa1a0c0",
      displayName: "Depot",
      meta: { resourceType: "Group" },
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ displayName: "Depot", externalId: "8aa1a0c0", members: [] });
    const { id } = made.body;
    const short = await entra("GET", `/Groups/${id}?excludedAttributes=members`);
    expect(short.body).not.toHaveProperty("members");
    const found = await entra("GET", filtered("Groups", 'displayName eq "depot"', "&excludedAttributes=members"));
    expect(found.body).toMatchObject({ totalResults: 1, Resources: [{ id, displayName: "Depot" }] });
    expect((await entra("POST", "/Groups", { schemas: [GROUP], displayName: "DEPOT" })).body).toMatchObject({
      status: "409",
      scimType: "uniqueness",
    });
    const rename = await entra(
      "PATCH",
      `/Groups/${id}`,
      patch({ op: "Replace", path: "displayName", value: "Depots" }),
    );
    expect([rename.status, rename.text]).toEqual([204, ""]);
    const add = { op: "Add", path: "members", value: [{ $ref: null, value: user.id }] };
    expect((await entra("PATCH", `/Groups/${id}`, patch(add))).status).toBe(204);
    expect((await entra("PATCH", `/Groups/${id}`, patch(add))).status).toBe(204);
    expect((await entra("GET", `/Groups/${id}`)).body).toMatchObject({
      displayName: "Depots",
      members: [{ value: user.id, display: "Ann member", type: "User" }],
    });
    expect((await entra("GET", `/Users/${user.id}`)).body.groups).toMatchObject([
      { value: id, display: "Depots", type: "direct" },
    ]);
    const asks = await entra("GET", filtered("Groups", `id eq "${id}" and members eq "${user.id}"`, "&attributes=id"));
    expect(asks.body.Resources).toEqual([{ id, schemas: [GROUP] }]);
    await entra(
      "PATCH",
      `/Groups/${id}`,
      patch({ op: "Remove", path: "members", value: [{ $ref: null, value: user.id }] }),
    );
    expect((await entra("GET", `/Groups/${id}`)).body.members).toEqual([]);
    expect((await entra("DELETE", `/Groups/${id}`)).status).toBe(204);
    expect((await entra("GET", `/Groups/${id}`)).status).toBe(404);
    expect(await events()).toEqual([
      "person.added",
      ...["added", "changed", "changed", "changed", "removed"].map((what) => `directory-group.${what}`),
    ]);
  });

  it("reads the schemas as a list, with what is kept and nothing else", async () => {
    const { status, body } = await entra("GET", "/Schemas");
    expect([status, body.totalResults]).toEqual([200, 4]);
    const names = (id: string) =>
      body.Resources.find((one) => one.id === id)
        ?.attributes.map(({ name }) => name)
        .sort();
    expect(names(USER)).toEqual(["active", "displayName", "emails", "groups", "name", "roles", "userName", "userType"]);
    expect(names(ENTERPRISE)).toEqual(["department", "manager", "organization"]);
    expect(names(GROUP)).toEqual(["displayName", "members"]);
    expect(JSON.stringify(body)).not.toContain("null");
  });
});
