import { beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { readListQuery } from "#domain/people/scim/list-request.ts";
import { revokeToken } from "#server/access/api-token/service.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { addScimProgram } from "#server/testing/scim-program.ts";
import { getDirectoryGroup, listScimGroups } from "./group-queries.ts";
import { createGroup, patchGroupById, removeGroup, replaceGroup } from "./group-service.ts";
import type { ScimProgram } from "./program-rules.ts";

const EVERYTHING = { attributes: null, excluded: [] };

const group = (displayName: string, ...members: string[]) => ({
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
  displayName,
  members: members.map((value) => ({ value })),
});
const adding = (value: string) => ({
  schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
  Operations: [{ op: "add", path: "members", value: [{ value }] }],
});

describeOnEachDatabase("groups that a program keeps", (database) => {
  let administrator: Actor;
  let program: ScimProgram;
  let other: ScimProgram;
  beforeEach(async () => {
    administrator = await addPerson(database(), "administrator", { roles: ["employee", "administrator"] });
    for (const id of ["ann", "bob"]) await addPerson(database(), id);
    program = await addScimProgram(administrator);
    other = await addScimProgram(
      await addPerson(database(), "elsewhere", { body: "nottingham", roles: ["administrator"] }),
    );
  });

  const roles = async (id: string) => (await database().prisma.person.findUniqueOrThrow({ where: { id } })).roles;
  const events = async () => {
    const rows = await database().prisma.evidence.findMany({ where: { body: "nao" }, orderBy: { position: "asc" } });
    return rows.slice(1).map(({ event, actor, subject }) => [event, actor, subject]);
  };
  const list = async (query = "", asking = program) => {
    const page = await listScimGroups(asking, readListQuery(new URLSearchParams(query)));
    return page["Resources"] as { displayName: string; members?: unknown }[];
  };

  it("give the role that they are called like, take it with the membership, and write down both", async () => {
    const id = await createGroup(program, group("Auditor", "ann"));
    expect(await roles("ann")).toEqual(["employee", "auditor"]);
    await patchGroupById(program, id, adding("bob"), null);
    await replaceGroup(program, id, group("Auditor", "bob"), null);
    expect([await roles("ann"), await roles("bob")]).toEqual([["employee"], ["employee", "auditor"]]);
    await removeGroup(program, id, null);
    expect(await roles("bob")).toEqual(["employee"]);
    expect(await events()).toEqual(
      [
        ["directory-group.added", id],
        ["person.roles-changed", "ann"],
        ["directory-group.changed", id],
        ["person.roles-changed", "bob"],
        ["directory-group.changed", id],
        ["person.roles-changed", "ann"],
        ["directory-group.removed", id],
        ["person.roles-changed", "bob"],
      ].map(([event, subject]) => [event, program.reference, subject]),
    );
  });

  it("confirm roles only of those whose roles they all give", async () => {
    const data = { rolesUnconfirmedSince: new Date() };
    await database().prisma.person.update({ where: { id: "ann" }, data });
    await database().prisma.person.update({
      where: { id: "bob" },
      data: { ...data, roles: ["employee", "governance-officer"] },
    });
    await createGroup(program, group("Auditor", "ann", "bob"));
    const isUnconfirmed = async (id: string) =>
      (await database().prisma.person.findUniqueOrThrow({ where: { id } })).rolesUnconfirmedSince !== null;
    expect([await roles("ann"), await isUnconfirmed("ann")]).toEqual([["employee", "auditor"], false]);
    expect(await roles("bob")).toHaveLength(3);
    expect(await isUnconfirmed("bob")).toBe(true);
    await createGroup(program, group("governance-officer", "bob"));
    expect(await isUnconfirmed("bob")).toBe(false);
  });

  it("have one name each, also where two are made at once, and one of two changes to one version", async () => {
    const made = await Promise.allSettled([1, 2].map(() => createGroup(program, group("Choir"))));
    expect(made.find(({ status }) => status === "rejected")).toMatchObject({ reason: { status: 409 } });
    const id = made.map((one) => (one.status === "fulfilled" ? one.value : "")).join("");
    const { meta } = (await getDirectoryGroup(program, id, EVERYTHING)) as { meta: { version: string } };
    const added = await Promise.allSettled(
      ["ann", "bob"].map((one) => patchGroupById(program, id, adding(one), meta.version)),
    );
    expect(added.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(added.find(({ status }) => status === "rejected")).toMatchObject({ reason: { status: 412 } });
    expect(await list()).toMatchObject([{ displayName: "Choir", members: { length: 1 } }]);
    expect((await list("excludedAttributes=members"))[0]).not.toHaveProperty("members");
    await expect(list("sortBy=members")).rejects.toMatchObject({ status: 400, scimType: "invalidPath" });
  });

  it("are not there for another body's program, and take nobody of another body in", async () => {
    const id = await createGroup(program, group("Choir"));
    const refused = { status: 404 };
    await expect(getDirectoryGroup(other, id, EVERYTHING)).rejects.toMatchObject(refused);
    await expect(replaceGroup(other, id, group("X"), null)).rejects.toMatchObject(refused);
    await expect(patchGroupById(other, id, adding("elsewhere"), null)).rejects.toMatchObject(refused);
    await expect(removeGroup(other, id, null)).rejects.toMatchObject(refused);
    expect(await list("", other)).toEqual([]);
    await expect(patchGroupById(program, id, adding("elsewhere"), null)).rejects.toMatchObject({ status: 400 });
  });

  it("change nothing once the token has ended or its maker lost the role", async () => {
    const second = await addPerson(database(), "second", { roles: ["employee"] });
    const id = await createGroup(program, group("Administrator", second.personId));
    await database().prisma.person.update({ where: { id: "administrator" }, data: { roles: ["employee"] } });
    await expect(removeGroup(program, id, null)).rejects.toMatchObject({ status: 401 });
    await database().prisma.person.update({
      where: { id: "administrator" },
      data: { roles: ["employee", "administrator"] },
    });
    await removeGroup(program, id, null);
    expect(await roles("second")).toEqual(["employee"]);
    await revokeToken(administrator, program.reference);
    await expect(createGroup(program, group("Auditor", "ann"))).rejects.toMatchObject({ status: 401 });
    expect(await roles("ann")).toEqual(["employee"]);
  });
});
