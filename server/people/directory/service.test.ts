import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { Asked } from "#domain/base/list/page.ts";
import { getFollowUp } from "#server/policy/acknowledgement/follow-up-queries.ts";
import { clock } from "#server/base/clock.ts";
import { findActor } from "#server/access/identity/queries.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { addByHand, changeDetails, changeTeam, type TypedDetails } from "./detail-service.ts";
import { markLeavers } from "./job.ts";
import { getDirectory, getManagerIdOf, getPersonPage, listOwnTeams } from "./queries.ts";
import { getOwnLineManager } from "./manager-queries.ts";
import { changeRoles, endPersonSessions, markLeft, markMoved, markReturned } from "./service.ts";

const NAO = "National Audit Office";

describeOnEachDatabase("managing the directory as an administrator", (database) => {
  let administrator: Actor;
  let second: Actor;
  beforeEach(async () => {
    administrator = await addPerson(database(), "admin", { roles: ["employee", "administrator"] });
    second = await addPerson(database(), "second", { roles: ["employee", "administrator"] });
  });
  afterEach(() => vi.restoreAllMocks());

  const at = (time: string) => vi.spyOn(clock, "now").mockReturnValue(new Date(time));
  const find = (id: string) => database().prisma.person.findUniqueOrThrow({ where: { id } });
  const events = async () =>
    (await database().prisma.evidence.findMany({ orderBy: { position: "asc" } })).map(
      ({ event, subject }) => `${event} ${subject}`,
    );
  const signIn = (personId: string, id: string) =>
    database().prisma.session.create({
      data: { id, token: id, personId, expiresAt: new Date(Date.now() + 3_600_000) },
    });
  const typed = (more: Partial<TypedDetails>): TypedDetails => ({
    email: "ann@nao.invalid",
    name: "Ann",
    employer: NAO,
    team: "",
    manager: "",
    kind: "employee",
    startsOn: "",
    leavesOn: "",
    awayUntil: "",
    ...more,
  });

  it("gives roles, and keeps one administrator when two take each other's role at once", async () => {
    await addPerson(database(), "ann");
    expect(await changeRoles(administrator, "ann", ["auditor"])).toEqual({ code: "done" });
    expect((await find("ann")).roles).toEqual(["employee", "auditor"]);
    expect(await changeRoles(administrator, "admin", [])).toMatchObject({ code: "refused" });
    const both = await Promise.all([changeRoles(administrator, "second", []), changeRoles(second, "admin", [])]);
    expect(both.map(({ code }) => code).sort()).toEqual(["done", "refused"]);
    const left = (await Promise.all([find("admin"), find("second")])).filter(({ roles }) =>
      roles.includes("administrator"),
    );
    expect(left).toHaveLength(1);
    expect((await events()).filter((one) => one.startsWith("person.roles-changed"))).toHaveLength(2);
  });

  it("is only for administrators of the same body, and looks empty to anybody else", async () => {
    const employee = await addPerson(database(), "ann");
    const stranger = await addPerson(database(), "stranger", {
      body: "nottingham",
      roles: ["employee", "administrator"],
    });
    for (const actor of [employee, stranger]) {
      expect(await changeRoles(actor, "second", ["auditor"])).toEqual({ code: "not-found" });
      expect(await endPersonSessions(actor, "second", "all")).toEqual({ code: "not-found" });
      expect(await markLeft(actor, "second")).toEqual({ code: "not-found" });
      expect(await changeDetails(actor, "second", typed({ email: "second@nao.invalid" }))).toEqual({
        code: "not-found",
      });
      expect(await getPersonPage(actor, "second")).toBeNull();
    }
    expect(await addByHand(employee, typed({}), [])).toEqual({ code: "not-found" });
    expect(await getDirectory(employee, {})).toBeNull();
    expect((await (await getDirectory(stranger, {}))?.page(null))?.rows).toHaveLength(1);
    expect(await events()).toEqual([]);
  });

  it("lists and ends sessions of others, with evidence of it", async () => {
    await addPerson(database(), "ann");
    for (const id of ["s1", "s2", "s3"]) await signIn("ann", id);
    await signIn("second", "other");
    const page = await getPersonPage(administrator, "ann");
    expect(page?.sessions.map(({ id }) => id).sort()).toEqual(["s1", "s2", "s3"]);
    expect(await endPersonSessions(administrator, "ann", "s1")).toEqual({ code: "done" });
    expect(await endPersonSessions(administrator, "ann", "other")).toEqual({ code: "done" });
    expect(await endPersonSessions(administrator, "ann", "all")).toEqual({ code: "done" });
    expect(await endPersonSessions(administrator, "ann", "all")).toEqual({ code: "done" });
    expect((await database().prisma.session.findMany()).map(({ id }) => id)).toEqual(["other"]);
    expect(await events()).toEqual(["person.sessions-ended ann", "person.sessions-ended ann"]);
    const history = (await getPersonPage(administrator, "ann"))?.history;
    expect(history).toMatchObject([
      { by: "Person admin", row: { data: '{"sessions":2}' } },
      { row: { data: '{"sessions":1}' } },
    ]);
  });

  it("adds and changes somebody by hand, makes a team by its name, and says what is wrong", async () => {
    const added = await addByHand(administrator, typed({ team: "Roads", manager: "second@nao.invalid" }), ["auditor"]);
    if (added.code !== "done") throw new Error("Not added.");
    expect(await find(added.personId)).toMatchObject({ managerId: "second", roles: ["employee", "auditor"] });
    expect((await find("second")).roles).toEqual(["employee", "line-manager", "administrator"]);
    const problems = async (more: Partial<TypedDetails>, id = "second") => {
      const result = await changeDetails(administrator, id, typed({ email: "second@nao.invalid", ...more }));
      return result.code === "invalid" ? result.problems : result.code;
    };
    expect(await problems({ manager: "ann@nao.invalid" })).toEqual([
      { field: "manager", message: "That would go round in a circle: their line manager is under them." },
    ]);
    expect(await problems({ email: "ann@nao.invalid" })).toEqual([
      { field: "email", message: "Somebody in this portal has this address already. Search for them first." },
    ]);
    expect(await problems({ manager: "nobody@nao.invalid", team: "Never" })).toEqual([
      { field: "manager", message: "Nobody who works here has the address nobody@nao.invalid." },
    ]);
    expect(await problems({ email: "admin@nao.invalid", leavesOn: "2020-01-01" }, "admin")).toMatchObject([
      { field: "leavesOn" },
    ]);
    expect(await addByHand(administrator, typed({}), [])).toMatchObject({ code: "invalid" });
    const without = { name: " ", email: "", leavesOn: "2020-01-01", startsOn: "2021-01-01" };
    expect(await addByHand(administrator, typed(without), [])).toEqual({
      code: "invalid",
      problems: [
        { field: "name", message: "Enter the name." },
        { field: "email", message: "Enter a work e-mail address." },
        { field: "leavesOn", message: "Leaving date: It is before the first day." },
      ],
    });
    expect(await database().prisma.team.count()).toBe(1);
    expect(await problems({ name: "Sam", team: "ROADS" })).toBe("done");
    const [team] = await database().prisma.team.findMany();
    expect((await find("second")).teamId).toBe(team?.id);
    expect(await changeTeam(second, team?.id ?? "", { name: "Roads", manager: "admin@nao.invalid" })).toEqual({
      code: "invalid",
      problems: [
        {
          field: "manager",
          message: "This is your own line manager. Another administrator has to change who that is.",
        },
      ],
    });
    await addPerson(database(), "third", { roles: ["employee", "administrator"] });
    const third = await findActor("third");
    expect(
      third && (await changeTeam(third, team?.id ?? "", { name: "Bridges", manager: "admin@nao.invalid" })),
    ).toMatchObject({ code: "done" });
    expect((await find("admin")).roles).toEqual(["employee", "line-manager", "administrator"]);
    expect(await events()).toEqual([
      `team.made ${team?.id}`,
      `person.added ${added.personId}`,
      "person.roles-changed second",
      "person.changed second",
      `team.changed ${team?.id}`,
      "person.roles-changed admin",
    ]);
  });

  it("finds people by name, address, team, role and state", async () => {
    await addTeam(database(), "roads");
    await addPerson(database(), "ann", { team: "roads", roles: ["employee", "auditor"] });
    const days = { awayUntil: "2999-01-01", startsOn: "2999-01-01" };
    await database().prisma.person.update({ where: { id: "ann" }, data: days });
    await addPerson(database(), "bo");
    await markLeft(administrator, "bo");
    const names = async (asked: Asked) =>
      (await (await getDirectory(administrator, asked))?.page(null))?.rows.map(({ id }) => id);
    expect(await names({})).toEqual(["admin", "ann", "bo", "second"]);
    expect(await names({ q: "PERSON an" })).toEqual(["ann"]);
    expect(await names({ q: "bo@nao" })).toEqual(["bo"]);
    expect(await names({ q: "team roads" })).toEqual(["ann"]);
    expect(await names({ role: "auditor" })).toEqual(["ann"]);
    expect(await names({ sort: "team" })).toEqual(["admin", "bo", "second", "ann"]);
    expect(await names({ team: "roads" })).toEqual(["ann"]);
    expect(await names({ state: "left" })).toEqual(["bo"]);
    expect([await names({ state: "away" }), await names({ state: "starting" })]).toEqual([["ann"], ["ann"]]);
    expect(await names({ q: "AN per" }), "beginnings of words, in any order").toEqual(["ann"]);
    expect(await names({ q: "erson" }), "and nothing within them").toEqual([]);
    expect(await names({ q: "'ann' & !:*\\ <->" }), "signs are no words, and no query").toEqual(["ann"]);
  });

  it("marks people as having left after their last day, but not on the day itself in London", async () => {
    await addPerson(database(), "ann");
    await database().prisma.person.updateMany({
      where: { id: { in: ["ann", "admin", "second"] } },
      data: { leavesOn: "2026-06-30" },
    });
    await signIn("ann", "s1");
    expect(await markLeavers.run(new Date("2026-06-30T22:59:00Z"))).toBe("Nobody’s leaving date had passed");
    expect((await find("ann")).status).toBe("active");
    expect(await markLeavers.run(new Date("2026-06-30T23:01:00Z"))).toBe(
      "2 left; 1 stayed as the only administrator of a body",
    );
    expect([(await find("ann")).status, await database().prisma.session.count()]).toEqual(["left", 0]);
    expect(await markLeavers.run(new Date("2026-06-30T23:01:00Z"))).toContain("Nobody’s leaving date had passed");
    at("2026-07-01T09:00:00Z");
    const stayed = (await find("admin")).status === "active" ? administrator : second;
    expect(await markReturned(stayed, "ann")).toEqual({ code: "done" });
    expect(await find("ann")).toMatchObject({ status: "active", leavesOn: null });
  });

  it("lets nobody in before their first day", async () => {
    await addPerson(database(), "ann");
    await database().prisma.person.update({ where: { id: "ann" }, data: { startsOn: "2026-12-01" } });
    at("2026-11-30T23:59:00Z");
    expect(await findActor("ann")).toBeNull();
    at("2026-12-01T00:00:00Z");
    expect(await findActor("ann")).toMatchObject({ personId: "ann" });
  });

  it("finds the line manager: the one named in the directory if they still work here, otherwise the team's manager", async () => {
    const manager = await addPerson(database(), "manager", { roles: ["employee", "line-manager"] });
    const named = await addPerson(database(), "named", { roles: ["employee", "line-manager"] });
    const team = await addTeam(database(), "roads", { managerId: "manager" });
    const ann = await addPerson(database(), "ann", { team });
    await addPerson(database(), "bo", { team });
    await database().prisma.person.update({ where: { id: "bo" }, data: { managerId: "named" } });
    expect(await getOwnLineManager(ann)).toEqual({ name: manager.name, email: manager.email });
    expect(await getOwnLineManager(named)).toBeNull();
    const managerOf = (id: string) => getManagerIdOf(id, database().prisma);
    const membersOf = async (actor: Actor) =>
      (await (await getFollowUp(actor, {}, "team"))?.page(null))?.rows.map(({ id }) => id);
    expect([await managerOf("ann"), await managerOf("bo"), await managerOf("named")]).toEqual([
      "manager",
      "named",
      null,
    ]);
    expect([await membersOf(manager), await membersOf(named)]).toEqual([["ann"], ["bo"]]);
    expect(await listOwnTeams(named)).toEqual([{ id: "roads", name: "Team roads", isManagedByActor: true }]);
    await markLeft(administrator, "named");
    expect([await managerOf("bo"), await membersOf(manager)]).toEqual(["manager", ["ann", "bo"]]);
    await markMoved(administrator, "bo", null);
    await database().prisma.person.update({ where: { id: "bo" }, data: { managerId: "manager" } });
    expect(await membersOf(manager)).toEqual(["ann", "bo"]);
  });
});
