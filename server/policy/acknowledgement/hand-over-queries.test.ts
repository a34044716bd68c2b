import { expect, it } from "vitest";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { handToManagers } from "./follow-up-service.ts";
import { listHandedOverTasks } from "./task-queries.ts";

describeOnEachDatabase("answers handed to line managers", (database) => {
  it("are a task of the line manager of the moment, until nobody of theirs owes one", async () => {
    const officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    const manager = await addPerson(database(), "manager", { roles: ["line-manager"] });
    const next = await addPerson(database(), "next", { roles: ["line-manager"] });
    const team = await addTeam(database(), "own", { managerId: "manager" });
    for (const id of ["ann", "bob"]) await addPerson(database(), id, { team });
    const titles = async (who: typeof manager) => (await listHandedOverTasks(who)).map(({ title }) => title);
    expect(await titles(manager)).toEqual([]);
    expect(await handToManagers(officer, "nao", ["ann", "bob"])).toEqual({ code: "done", people: 2 });
    expect(await titles(manager)).toEqual([expect.stringMatching(/^See that 2 of your people answer “/)]);
    const { prisma } = database();
    await prisma.person.update({ where: { id: "bob" }, data: { status: "left" } });
    expect(await titles(manager)).toEqual([expect.stringMatching(/^See that one of your people answers “/)]);
    await prisma.person.update({ where: { id: "ann" }, data: { managerId: "next" } });
    expect(await titles(manager)).toEqual([]);
    expect(await titles(next)).toHaveLength(1);
    expect(await listHandedOverTasks(officer)).toEqual([]);
  });

  it("are a task of the officers where somebody has no line manager but themselves, or one who lost the role", async () => {
    const officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    const head = await addPerson(database(), "head", { roles: ["line-manager"] });
    const team = await addTeam(database(), "top", { managerId: "head" });
    const { prisma } = database();
    await prisma.person.update({ where: { id: "head" }, data: { teamId: team } });
    await addPerson(database(), "ann", { team });
    expect(await handToManagers(officer, "nao", ["head"])).toEqual({ code: "done", people: 1 });
    const titles = async (who: typeof head) => (await listHandedOverTasks(who)).map(({ title }) => title);
    expect(await titles(head)).toEqual([]);
    expect(await titles(officer)).toEqual([expect.stringMatching(/^See that one of your people answers “/)]);
    await handToManagers(officer, "nao", ["ann"]);
    expect(await titles(head)).toEqual([expect.stringMatching(/^See that one of your people answers “/)]);
    await prisma.person.update({ where: { id: "head" }, data: { roles: ["employee"] } });
    expect(await titles(officer)).toEqual([expect.stringMatching(/^See that 2 of your people answer “/)]);
  });
});
