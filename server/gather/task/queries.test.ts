import { beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { MOST_TASKS } from "#domain/gather/task/task.ts";
import { acknowledgePolicy, answerDecline } from "#server/policy/acknowledgement/service.ts";
import { clock } from "#server/base/clock.ts";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { countTasks, listTasks } from "./queries.ts";

const LONG_AGO = new Date("2024-01-01T12:00:00Z");

describeOnEachDatabase("tasks", (database) => {
  let version: PolicyVersion;
  let employee: Actor;
  let owner: Actor;
  beforeEach(async () => {
    const [first] = await serveVersions("nao", []);
    if (!first) throw new Error("There is no first version.");
    version = first;
    employee = await addPerson(database(), "employee", { joinedAt: LONG_AGO });
    owner = await addPerson(database(), "owner", { roles: ["policy-owner"] });
  });

  const answer = async (actor: Actor, reason: string, on = version): Promise<string> => {
    const sent = { slug: "nao", version: on.version, hash: on.hash, answer: reason ? "declined" : "accepted", reason };
    const result = await acknowledgePolicy(actor, sent);
    if (result.code !== "recorded") throw new Error(`Not recorded: ${result.code}.`);
    return result.reference;
  };
  const kinds = async (actor: Actor) => (await listTasks(actor)).map(({ kind }) => kind);
  const today = () => calendarDay(clock.now());

  it("names what is owed, why, until when and where to do it", async () => {
    expect(await listTasks(employee)).toEqual([
      {
        kind: "acknowledge",
        key: "acknowledge nao",
        title: "Accept or decline “WhatsApp at work”, version 1",
        reason: "It is your employer's policy, and you have not answered this version.",
        due: addDays(today(), version.frontMatter.acknowledgeWithinDays),
        href: "/policies/nao/acknowledge",
        isSaidWeekly: true,
      },
    ]);
  });

  it("are late from when the version was served here, and not for those who came later", async () => {
    const { hash } = version;
    const release = { policy: "nao", version: "1", hash, body: "nao", servedAt: LONG_AGO };
    await database().prisma.policyRelease.create({ data: release });
    expect(await listTasks(employee)).toMatchObject([{ due: "2024-01-15" }]);
    expect((await listTasks(owner))[0]?.due).toBe(addDays(today(), 14));
  });

  it("end with the answer, and come back with a material change only", async () => {
    await answer(employee, "");
    expect(await countTasks(employee)).toBe("0");
    await serveVersions("nao", [{ version: "1.1", material: false }]);
    expect(await countTasks(employee)).toBe("0");
    await serveVersions("nao", [{ version: "2", material: true }]);
    expect(await listTasks(employee)).toMatchObject([{ title: "Accept or decline “WhatsApp at work”, version 2" }]);
  });

  it("are at most a hundred, those that are due first, however many there are", async () => {
    const officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    const day = (days: number) => new Date(`${addDays("2026-01-01", days)}T12:00:00Z`);
    await database().prisma.chatGroup.createMany({
      data: Array.from({ length: 130 }, (_, at) => ({
        id: `g${at}`,
        reference: `GRP-2222-${2000 + at}`,
        body: "nao",
        requesterId: employee.personId,
        startKey: `key-${at}`,
        name: `Group ${at}`,
        purpose: "Rotas",
        kind: "team" as const,
        app: "WhatsApp",
        policy: "nao",
        version: version.version,
        hash: version.hash,
        reviewOn: "2027-01-01",
        requestedAt: day(129 - at),
      })),
    });
    const tasks = await listTasks(officer);
    expect(tasks).toHaveLength(MOST_TASKS + 1);
    expect(tasks[0]).toMatchObject({ kind: "decide-group", title: "Decide on the group “Group 129”" });
    expect(tasks.some(({ title }) => title.includes("“Group 0”"))).toBe(false);
    expect(await countTasks(officer)).toBe("99+");
  });

  it("pass a decline to the policy owner, and back with the reply", async () => {
    const reference = await answer(employee, "It says nothing about my work.");
    expect(await kinds(employee)).toEqual([]);
    const [task, ...others] = (await listTasks(owner)).filter(({ kind }) => kind === "answer-decline");
    expect(others).toEqual([]);
    expect(task).toMatchObject({ href: `/acknowledgements/${reference}/reply` });
    expect(task && task.due > addDays(today(), 4) && task.due <= addDays(today(), 14)).toBe(true);
    expect(JSON.stringify(task)).not.toContain(employee.name);
    await answerDecline(owner, reference, { reply: "It covers you too.", theme: "unclear" });
    expect(await kinds(owner)).toEqual(["acknowledge"]);
    expect(await listTasks(employee)).toMatchObject([{ reason: "You declined it, and your decline was answered." }]);
  });

  it("leave out declines that an acceptance, a new version or a leaving overtook, and one's own", async () => {
    await answer(employee, "Not yet.");
    await answer(employee, "");
    expect(await kinds(owner)).toEqual(["acknowledge"]);
    await answer(owner, "I wrote it in a hurry.");
    expect(await kinds(owner)).toEqual([]);
    const leaver = await addPerson(database(), "leaver");
    await answer(leaver, "I am going.");
    expect(await kinds(owner)).toEqual(["answer-decline"]);
    await database().prisma.person.update({ where: { id: "leaver" }, data: { status: "left" } });
    expect(await kinds(owner)).toEqual([]);
    await database().prisma.person.update({ where: { id: "leaver" }, data: { status: "active" } });
    await serveVersions("nao", [{ version: "2", material: true }]);
    expect(await kinds(owner)).toEqual(["acknowledge"]);
  });

  it("show nobody a decline but the policy owner of the same body", async () => {
    await answer(employee, "Not yet.");
    const elsewhere = await addPerson(database(), "elsewhere", { body: "nottingham", roles: ["policy-owner"] });
    const officer = await addPerson(database(), "officer", {
      roles: ["governance-officer", "auditor", "line-manager"],
    });
    expect(await kinds(elsewhere), "whose own policy's review is overdue").toEqual(["review-policy", "acknowledge"]);
    expect(await kinds(officer)).toEqual(["acknowledge"]);
    expect(await listTasks({ ...employee, roles: [] })).toEqual([]);
  });
});
