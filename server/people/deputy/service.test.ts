import { beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { changeRoles, markLeft } from "#server/people/directory/service.ts";
import { getDeputies, listPlaces } from "./queries.ts";
import { endDeputy, nameDeputy, type DeputyGiven } from "./service.ts";

const OK = { ok: true };

describeOnEachDatabase("deputies", (database) => {
  let manager: Actor;
  let other: Actor;
  let administrator: Actor;
  const today = calendarDay(clock.now());

  beforeEach(async () => {
    manager = await addPerson(database(), "manager", { roles: ["employee", "line-manager"] });
    other = await addPerson(database(), "other", { roles: ["employee", "line-manager"] });
    await addPerson(database(), "officer", { roles: ["employee", "governance-officer"] });
    administrator = await addPerson(database(), "admin", { roles: ["employee", "administrator"] });
    await addPerson(database(), "second", { roles: ["employee", "administrator"] });
    await addPerson(database(), "plain");
  });

  const given = (more: Partial<DeputyGiven> = {}): DeputyGiven => ({
    principal: "",
    role: "line-manager",
    deputy: "other@nao.invalid",
    from: today,
    until: addDays(today, 10),
    ...more,
  });
  const fieldsOf = (result: Awaited<ReturnType<typeof nameDeputy>>) =>
    result === "not-found" || result.ok ? result : result.problems.map(({ field }) => field);
  const places = async () =>
    (await listPlaces(database().prisma, "nao")).map(
      ({ deputyId, principal }) => `${deputyId} for ${principal.personId}`,
    );
  const journal = async () =>
    (
      await database().prisma.evidence.findMany({
        where: { event: { startsWith: "deputy." } },
        orderBy: { position: "asc" },
      })
    ).map(({ event, actor, subject }) => `${event} ${actor} ${subject}`);
  const told = async () =>
    (await database().prisma.notice.findMany({ orderBy: [{ createdAt: "asc" }, { personId: "asc" }] })).map(
      ({ personId, kind }) => `${personId} ${kind}`,
    );
  const theOne = async () => (await database().prisma.deputy.findFirstOrThrow()).id;

  it("are named by who is away, once, with evidence and a notice, and end early", async () => {
    expect(await Promise.all([nameDeputy(manager, given()), nameDeputy(manager, given())])).toEqual([OK, OK]);
    expect(await places()).toEqual(["other for manager"]);
    expect((await getDeputies(other))?.asDeputy).toMatchObject([{ principal: "Person manager", mayEnd: false }]);
    const id = await theOne();
    expect(await endDeputy(other, id)).toBe("not-found");
    expect(await places()).toHaveLength(1);
    expect(await Promise.all([endDeputy(manager, id), endDeputy(manager, id)])).toEqual([OK, OK]);
    expect(await places()).toEqual([]);
    expect(await journal()).toEqual(["deputy.named manager manager", "deputy.ended manager manager"]);
    expect(await told()).toEqual(["other deputy-named", "other deputy-ended"]);
  });

  it("are refused with what is wrong", async () => {
    const attempts: [Partial<DeputyGiven>, string[]][] = [
      [{ deputy: "" }, ["deputy"]],
      [{ deputy: "nobody@nao.invalid" }, ["deputy"]],
      [{ deputy: "Person" }, ["deputy"]],
      [{ deputy: "plain@nao.invalid" }, ["deputy"]],
      [{ deputy: "manager@nao.invalid" }, ["deputy"]],
      [{ role: null }, ["role"]],
      [{ role: "governance-officer", deputy: "officer@nao.invalid" }, ["role"]],
      [{ from: addDays(today, -1) }, ["from"]],
      [{ until: addDays(today, 400) }, ["until"]],
      [{ principal: "officer@nao.invalid" }, ["principal"]],
    ];
    for (const [more, fields] of attempts) expect(fieldsOf(await nameDeputy(manager, given(more)))).toEqual(fields);
    await addPerson(database(), "stranger", { body: "nottingham", roles: ["line-manager"] });
    expect(fieldsOf(await nameDeputy(manager, given({ deputy: "stranger@nottingham.invalid" })))).toEqual(["deputy"]);
    const plain = { ...manager, personId: "plain", roles: ["employee" as const] };
    expect(await nameDeputy(plain, given())).toBe("not-found");
    expect(await endDeputy(plain, "any")).toBe("not-found");
    expect(await getDeputies(plain)).toBeNull();
    expect(await journal()).toEqual([]);
  });

  it("do not overlap with the same person, and begin on their first day", async () => {
    expect(await nameDeputy(manager, given({ from: addDays(today, 2) }))).toEqual(OK);
    expect(await places()).toEqual([]);
    expect((await getDeputies(manager))?.mine).toMatchObject([{ state: "to-come" }]);
    expect(fieldsOf(await nameDeputy(manager, given()))).toEqual(["from"]);
    expect(await nameDeputy(manager, given({ until: addDays(today, 1) }))).toEqual(OK);
    expect(await nameDeputy(manager, given({ deputy: "officer@nao.invalid" }))).toEqual(OK);
    expect((await places()).sort()).toEqual(["officer for manager", "other for manager"]);
  });

  it("are named by an administrator for who is away, never for the administrator's own good", async () => {
    const both = { ...administrator, roles: ["employee", "line-manager", "administrator"] as Actor["roles"] };
    await database().prisma.person.update({ where: { id: "admin" }, data: { roles: both.roles } });
    const forManager = given({ principal: "manager@nao.invalid" });
    expect(fieldsOf(await nameDeputy(both, { ...forManager, deputy: "admin@nao.invalid" }))).toEqual(["deputy"]);
    expect(await nameDeputy(both, forManager)).toEqual(OK);
    expect(await told()).toEqual(["manager deputy-named", "other deputy-named"]);
    expect((await getDeputies(both))?.others).toMatchObject([{ deputy: "Person other", mayEnd: true }]);
    expect(await endDeputy(both, await theOne())).toEqual(OK);
    expect(await journal()).toEqual(["deputy.named admin manager", "deputy.ended admin manager"]);
  });

  it("end when either leaves, in the same transaction, and rest while a role is missing", async () => {
    await nameDeputy(manager, given());
    await nameDeputy(other, given({ deputy: "officer@nao.invalid" }));
    expect((await places()).sort()).toEqual(["officer for other", "other for manager"]);
    await changeRoles(administrator, "officer", []);
    expect(await places()).toEqual(["other for manager"]);
    await changeRoles(administrator, "officer", ["governance-officer"]);
    expect(await places()).toHaveLength(2);
    await markLeft(administrator, "other");
    expect(await places()).toEqual([]);
    const rows = await database().prisma.deputy.findMany();
    expect(rows.map(({ endedAt, endedById }) => [endedAt !== null, endedById])).toEqual([
      [true, null],
      [true, null],
    ]);
    const events = await journal();
    expect(events.filter((one) => one.startsWith("deputy.ended")).sort()).toEqual([
      "deputy.ended admin manager",
      "deputy.ended admin other",
    ]);
    const ended = (await told()).filter((one) => one.endsWith("deputy-ended")).sort();
    expect(ended).toEqual(["manager deputy-ended", "officer deputy-ended"]);
  });
});
