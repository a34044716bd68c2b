import { beforeEach, expect, it } from "vitest";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { filtered, GROUP, patch, providerOf, USER, type Provider } from "./testing/provider.ts";

const USER_SENT = {
  schemas: [USER],
  userName: "test.user@okta.invalid",
  name: { givenName: "Test", familyName: "User" },
  emails: [{ primary: true, value: "test.user@okta.invalid", type: "work" }],
  displayName: "Test User",
  locale: "en-US",
  externalId: "00ujl29u0le5T6Aj10h7",
  groups: [],
  password: "1mz050nq",
  active: true,
};

// The requests of Okta's SCIM protocol reference, in the order of a user's and a group's life.
describeOnEachDatabase("Okta", (database) => {
  let okta: Provider;
  beforeEach(async () => {
    okta = await providerOf(await addPerson(database(), "administrator", { roles: ["administrator"] }));
  });
  const create = async (more: object = {}) => (await okta("POST", "/Users", { ...USER_SENT, ...more })).body;
  const another = (name: string) =>
    create({
      userName: `${name}@okta.invalid`,
      externalId: name,
      emails: [{ primary: true, value: `${name}@okta.invalid`, type: "work" }],
    });

  it("tests the connection, looks for a user, creates them, and reads them", async () => {
    const test = await okta("GET", "/Users?startIndex=1&count=2");
    expect(test.body).toMatchObject({ totalResults: 1, startIndex: 1, itemsPerPage: 1 });
    const before = await okta(
      "GET",
      filtered("Users", 'userName eq "test.user@okta.invalid"', "&startIndex=1&count=100"),
    );
    expect(before.body).toMatchObject({ totalResults: 0, Resources: [], itemsPerPage: 0 });
    const made = await okta("POST", "/Users", USER_SENT);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      userName: USER_SENT.userName,
      name: USER_SENT.name,
      displayName: "Test User",
      active: true,
    });
    expect(JSON.stringify(made.body)).not.toContain("1mz050nq");
    const after = await okta(
      "GET",
      filtered("Users", 'userName eq "test.user@okta.invalid"', "&startIndex=1&count=100"),
    );
    expect(after.body).toMatchObject({ totalResults: 1, Resources: [{ id: made.body.id }] });
    expect((await okta("GET", `/Users/${made.body.id}`)).body).toEqual(made.body);
    const again = await okta("POST", "/Users", USER_SENT);
    expect([again.status, again.body.scimType]).toEqual([409, "uniqueness"]);
  });

  it("replaces what it read with what it wants, and leaves alone what it never said", async () => {
    const user = await create();
    const team = await database().prisma.team.create({ data: { id: "t", body: "nao", name: "Audit" } });
    await database().prisma.person.update({
      where: { id: user.id },
      data: { teamId: team.id, roles: ["employee", "auditor"] },
    });
    const read = (await okta("GET", `/Users/${user.id}`)).body;
    const put = await okta("PUT", `/Users/${user.id}`, {
      ...read,
      name: { givenName: "Another", familyName: "User" },
      displayName: "Another User",
    });
    expect(put.status).toBe(200);
    expect(put.body).toMatchObject({
      name: { givenName: "Another", formatted: "Another User" },
      displayName: "Another User",
      roles: [{ value: "auditor" }],
    });
    const bare = await okta("PUT", `/Users/${user.id}`, USER_SENT);
    expect(bare.body.displayName).toBe("Test User");
    expect(await database().prisma.person.findUnique({ where: { id: user.id } })).toMatchObject({
      teamId: "t",
      roles: ["employee", "auditor"],
      status: "active",
    });
  });

  it("clears by replacing what it had said itself", async () => {
    const user = await create({ department: "Depot", roles: [{ value: "auditor" }], userType: "contractor" });
    expect(user).toMatchObject({ userType: "Contractor", roles: [{ value: "auditor" }] });
    expect(await database().prisma.evidence.count({ where: { event: "team.made" } })).toBe(1);
    const { body } = await okta("PUT", `/Users/${user.id}`, USER_SENT);
    expect(body.userType).toBe("Employee");
    expect(body).not.toHaveProperty("roles");
    expect(await database().prisma.person.findUnique({ where: { id: user.id } })).toMatchObject({ teamId: null });
  });

  it("deactivates by replacing and by patch without a path, and takes up again", async () => {
    const { id } = await create();
    const off = await okta("PATCH", `/Users/${id}`, patch({ op: "replace", value: { active: false } }));
    expect([off.status, off.body.active]).toEqual([200, false]);
    expect((await okta("PUT", `/Users/${id}`, { ...USER_SENT, active: true })).body.active).toBe(true);
    expect((await okta("PUT", `/Users/${id}`, { ...USER_SENT, active: false })).body.active).toBe(false);
    const { active: _active, ...silent } = USER_SENT;
    expect((await okta("PUT", `/Users/${id}`, silent)).body.active, "nobody comes back by being silent").toBe(false);
  });

  it("pushes a group, its members and its name", async () => {
    const [one, two] = [await another("one"), await another("two")];
    const listed = await okta("GET", "/Groups?startIndex=1&count=100");
    expect(listed.body).toMatchObject({ totalResults: 0, Resources: [] });
    const made = await okta("POST", "/Groups", {
      schemas: [GROUP],
      displayName: "Test SCIMv2",
      members: [{ value: one.id, display: "one@okta.invalid" }],
    });
    expect([made.status, made.body.members.length]).toEqual([201, 1]);
    const { id } = made.body;
    const renamed = await okta(
      "PATCH",
      `/Groups/${id}`,
      patch({ op: "replace", value: { id, displayName: "Test SCIMv0" } }),
    );
    expect(renamed.status).toBe(204);
    await okta(
      "PATCH",
      `/Groups/${id}`,
      patch(
        { op: "remove", path: `members[value eq "${one.id}"]` },
        { op: "add", path: "members", value: [{ value: two.id, display: "two@okta.invalid" }] },
      ),
    );
    expect((await okta("GET", `/Groups/${id}`)).body).toMatchObject({
      displayName: "Test SCIMv0",
      members: [{ value: two.id }],
    });
    const all = patch({ op: "replace", path: "members", value: [{ value: one.id }, { value: two.id }] });
    await okta("PATCH", `/Groups/${id}`, all);
    const put = await okta("PUT", `/Groups/${id}`, {
      schemas: [GROUP],
      id,
      displayName: "Whole",
      members: [{ value: one.id }],
    });
    expect(put.body).toMatchObject({ displayName: "Whole", members: [{ value: one.id }] });
    expect((await okta("DELETE", `/Groups/${id}`)).status).toBe(204);
  });
});
