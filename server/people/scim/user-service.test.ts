import { beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { readListQuery } from "#domain/people/scim/list-request.ts";
import { ABSENCE_SCHEMA } from "#domain/people/scim/user.ts";
import { revokeToken } from "#server/access/api-token/service.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { addScimProgram } from "#server/testing/scim-program.ts";
import type { ScimProgram } from "./program-rules.ts";
import { getOwnDirectoryNames, getUser, listScimUsers } from "./queries.ts";
import { createUser, deleteUser, patchUserById, replaceUser } from "./user-service.ts";

// As a provider asks over HTTP: app/_scim.

const ANN = { userName: "ann.lee@nao.invalid", name: { givenName: "Ann", familyName: "Lee" } };
const renamed = (displayName: string) => ({
  schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
  Operations: [{ op: "replace", path: "displayName", value: displayName }],
});

describeOnEachDatabase("people whom a program keeps", (database) => {
  let administrator: Actor;
  let program: ScimProgram;
  let other: ScimProgram;
  beforeEach(async () => {
    administrator = await addPerson(database(), "administrator", { roles: ["administrator"] });
    program = await addScimProgram(administrator);
    other = await addScimProgram(
      await addPerson(database(), "elsewhere", { body: "nottingham", roles: ["administrator"] }),
    );
  });

  const add = async () => String((await createUser(program, ANN))["id"]);
  const find = async (query: string, asking = program) => {
    const list = await listScimUsers(asking, readListQuery(new URLSearchParams(query)));
    return (list["Resources"] as { userName: string }[]).map(({ userName }) => userName);
  };
  const events = async () => {
    const rows = await database().prisma.evidence.findMany({ where: { body: "nao" }, orderBy: { position: "asc" } });
    return rows.slice(1).map(({ event, actor, subject }) => [event, actor, subject]);
  };

  it("are added once of several at once, changed and let go, each with evidence of the token", async () => {
    const results = await Promise.allSettled([1, 2, 3].map(() => createUser(program, ANN)));
    const refused = results.flatMap((one) => (one.status === "rejected" ? [one.reason as unknown] : []));
    expect(refused).toMatchObject(Array(2).fill({ status: 409, scimType: "uniqueness" }));
    const { id } = await database().prisma.person.findUniqueOrThrow({ where: { email: ANN.userName } });
    await patchUserById(program, id, renamed("Anna Lee"), null);
    expect(await getUser(program, id)).toMatchObject({ displayName: "Anna Lee", active: true });
    await replaceUser(program, id, { ...ANN, active: false }, null);
    expect(await database().prisma.person.findUniqueOrThrow({ where: { id } })).toMatchObject({ status: "left" });
    await deleteUser(program, id, null);
    await expect(getUser(program, id)).rejects.toMatchObject({ status: 404 });
    const all = await events();
    expect(all.slice(0, 2)).toEqual([
      ["person.added", program.reference, id],
      ["person.changed", program.reference, id],
    ]);
    expect(all.map(([event]) => event)).toContain("person.left");
    expect(all.every(([, actor, subject]) => actor === program.reference && subject === id)).toBe(true);
  });

  it("are changed by one of two who read the same version", async () => {
    const id = await add();
    const { version } = (await getUser(program, id))["meta"] as { version: string };
    const results = await Promise.allSettled(
      ["A", "B"].map((name) => patchUserById(program, id, renamed(name), version)),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(results.find(({ status }) => status === "rejected")).toMatchObject({ reason: { status: 412 } });
    await expect(deleteUser(program, id, version)).rejects.toMatchObject({ status: 412 });
  });

  it("have their roles confirmed by a request that says them, and by no other", async () => {
    const id = String((await createUser(program, { ...ANN, roles: [{ value: "auditor" }] }))["id"]);
    const unconfirm = () =>
      database().prisma.person.update({ where: { id }, data: { rolesUnconfirmedSince: new Date() } });
    const find = () => database().prisma.person.findUniqueOrThrow({ where: { id } });
    const patchOf = (path: string, value: unknown) => ({
      schemas: renamed("").schemas,
      Operations: [{ op: "replace", path, value }],
    });
    await unconfirm();
    for (const patch of [
      renamed("Anna Lee"),
      patchOf("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", "Audit"),
    ])
      await patchUserById(program, id, patch, null);
    expect(await find()).toMatchObject({ name: "Anna Lee", roles: ["employee", "auditor"] });
    // What comes does not say that the others are still theirs.
    const Operations = [{ op: "add", path: "roles", value: [{ value: "auditor" }] }];
    await patchUserById(program, id, { schemas: renamed("").schemas, Operations }, null);
    expect((await find()).rolesUnconfirmedSince).not.toBeNull();
    expect((await events()).map(([event]) => event)).not.toContain("person.roles-confirmed");
    const roles = [{ value: "auditor" }];
    for (const said of [
      () => patchUserById(program, id, patchOf("roles", roles), null),
      () => replaceUser(program, id, { ...ANN, roles }, null),
    ]) {
      await unconfirm();
      await said();
      expect(await find()).toMatchObject({ roles: ["employee", "auditor"], rolesUnconfirmedSince: null });
    }
  });

  it("are not there for another body's program", async () => {
    const id = await add();
    const refused = { status: 404 };
    await expect(getUser(other, id)).rejects.toMatchObject(refused);
    await expect(replaceUser(other, id, ANN, null)).rejects.toMatchObject(refused);
    await expect(patchUserById(other, id, renamed("X"), null)).rejects.toMatchObject(refused);
    await expect(deleteUser(other, id, null)).rejects.toMatchObject(refused);
    const byName = `filter=userName eq "${ANN.userName.toUpperCase()}"`;
    expect([await find(byName), await find(byName, other)]).toEqual([[ANN.userName], []]);
    expect(await find("sortBy=displayName&sortOrder=descending")).toEqual([administrator.email, ANN.userName]);
    await expect(find("sortBy=photos")).rejects.toMatchObject({ status: 400, scimType: "invalidPath" });
  });

  it("leave by a request that does not fit otherwise, and the administrators are told once", async () => {
    const id = await add();
    const expiresAt = new Date(Date.now() + 3_600_000);
    await database().prisma.session.create({ data: { id: "s", token: "t", personId: id, expiresAt } });
    const leave = { op: "Replace", path: "active", value: "False" };
    const patchOf = (...Operations: object[]) => ({ schemas: renamed("").schemas, Operations });
    const king = { op: "Replace", path: "roles", value: [{ value: "King" }] };
    const toMaker = { op: "Replace", path: "manager", value: administrator.personId };
    const told = () => database().prisma.notice.findMany({ where: { kind: "leaver-part-refused" } });
    const notDone = [
      /^"roles": "King" is no role here/,
      /:manager": This would make you a line manager\. Another administrator has to/,
    ];

    await expect(patchUserById(program, id, patchOf(leave, king), 'W/"older"')).rejects.toMatchObject({ status: 412 });
    await expect(patchUserById(program, id, patchOf(king), null)).rejects.toMatchObject({ status: 400 });
    expect(await database().prisma.session.count()).toBe(1);
    const user = await patchUserById(program, id, patchOf(leave, king, toMaker, ...renamed("Gone").Operations), null);
    expect(user).toMatchObject({
      active: false,
      displayName: "Gone",
      [ABSENCE_SCHEMA]: { notDone: notDone.map((one): unknown => expect.stringMatching(one)) },
    });
    expect(await database().prisma.session.count()).toBe(0);
    expect(await told()).toMatchObject([{ personId: administrator.personId, href: `/admin/people/${id}` }]);
    await replaceUser(program, id, { ...ANN, active: "False", userType: "Robot" }, null);
    expect(await told()).toHaveLength(1);
    expect((await events()).filter(([event]) => event === "person.left")).toHaveLength(1);

    const own = administrator.personId;
    await database().prisma.person.update({ where: { id: own }, data: { roles: ["employee", "administrator"] } });
    const onlyOne = {
      status: 400,
      message: expect.stringMatching(/^"active" and "roles": they are the only/) as unknown,
    };
    await expect(patchUserById(program, own, patchOf(leave, king), null)).rejects.toMatchObject(onlyOne);
    expect(await getUser(program, own)).toMatchObject({ active: true });
    await addPerson(database(), "second", { roles: ["employee", "administrator"] });
    expect(await patchUserById(program, own, patchOf(leave, king), null)).toMatchObject({ active: false });
  });

  it("are left alone once the token has ended, and by what cannot be read", async () => {
    const id = await add();
    await expect(createUser(program, { ...ANN, userName: "" })).rejects.toMatchObject({ status: 400 });
    await revokeToken(administrator, program.reference);
    const before = await database().prisma.person.findMany();
    await expect(createUser(program, { userName: "bo@nao.invalid" })).rejects.toMatchObject({ status: 401 });
    await expect(replaceUser(program, id, { ...ANN, active: false }, null)).rejects.toMatchObject({ status: 401 });
    await expect(patchUserById(program, id, renamed("X"), null)).rejects.toMatchObject({ status: 401 });
    await expect(deleteUser(program, id, null)).rejects.toMatchObject({ status: 401 });
    expect(await database().prisma.person.findMany()).toEqual(before);
  });

  it("read themselves what the program says of them", async () => {
    const nobody = { userName: null, givenName: null, familyName: null, formattedName: null, groups: [] };
    expect(await getOwnDirectoryNames(administrator)).toEqual(nobody);
    const personId = await add();
    expect(await getOwnDirectoryNames({ ...administrator, personId })).toEqual({
      ...nobody,
      userName: ANN.userName,
      givenName: "Ann",
      familyName: "Lee",
    });
  });
});
