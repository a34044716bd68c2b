import { beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import type { DeputisedRole } from "#domain/people/deputy/deputy.ts";
import { clock } from "#server/base/clock.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { completeDraft, exceptionAwaitingApproval, HIGH_RISK } from "#server/testing/exceptions.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { endDeputy, nameDeputy } from "#server/people/deputy/service.ts";
import { saveWho } from "./draft-service.ts";
import { getException, getQueue, listExceptionTasks } from "./queries.ts";
import { findException } from "./repository.ts";
import { listExceptionTasksOf } from "./task-queries.ts";
import { approveException, declineException, revokeException, submitException } from "./service.ts";

const OK = { ok: true };

describeOnEachDatabase("a deputy who decides on exceptions", (database) => {
  let asker: Actor;
  let manager: Actor;
  let deputy: Actor;
  let officer: Actor;
  let senior: Actor;

  beforeEach(async () => {
    manager = await addPerson(database(), "manager", { roles: ["line-manager"] });
    const team = await addTeam(database(), "fraud", { managerId: manager.personId });
    asker = await addPerson(database(), "asker", { team });
    deputy = await addPerson(database(), "deputy", { roles: ["line-manager"] });
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    senior = await addPerson(database(), "senior", { roles: ["senior-information-risk-owner"] });
  });

  const today = calendarDay(clock.now());
  const name = (by: Actor, who: Actor, role: DeputisedRole = "line-manager") =>
    nameDeputy(by, { principal: "", role, deputy: who.email, from: today, until: addDays(today, 5) });
  const stored = async (reference: string) => {
    const found = await findException(database().prisma, "nao", reference);
    if (!found) throw new Error(`There is no ${reference}.`);
    return found;
  };
  const approve = async (by: Actor, reference: string) => {
    const { revision, wantedUntil } = await stored(reference);
    return approveException(by, reference, revision, { reason: "It helps.", conditions: [], until: wantedUntil });
  };
  const evidence = async (event: string) => {
    const rows = await database().prisma.evidence.findMany({ where: { event }, orderBy: { position: "asc" } });
    return rows.map(({ actor, data }) => [actor, JSON.parse(data) as unknown]);
  };
  const toldOf = async (kind: string) =>
    (await database().prisma.notice.findMany({ where: { kind } })).map(({ personId }) => personId).sort();

  it("sees it and decides on it in the principal's place, which is recorded, and only while it runs", async () => {
    const before = await exceptionAwaitingApproval(asker, "before");
    expect(await getException(deputy, before)).toBeNull();
    expect(await approve(deputy, before)).toEqual({ ok: false, code: "not-found" });
    expect(await name(manager, deputy)).toEqual(OK);
    const reference = await exceptionAwaitingApproval(asker, "first");
    expect(await toldOf("exception-sent")).toEqual(["deputy", "manager", "manager", "officer", "officer"]);
    expect(await getException(deputy, reference)).toMatchObject({ sees: "all", decidesFor: "line-manager", bar: null });
    expect((await getException(manager, reference))?.decidesFor).toBeNull();
    expect((await getQueue(deputy))?.rows).toMatchObject([
      { decidesFor: "line-manager" },
      { decidesFor: "line-manager" },
    ]);
    const tasks = await listExceptionTasks(deputy);
    expect(tasks.map(({ kind, key }) => [kind, key])).toEqual([
      ["decide-exception", before],
      ["decide-exception", reference],
    ]);
    expect(tasks[0]?.reason).toContain("You decide for the line manager.");
    expect((await listExceptionTasksOf([asker, deputy])).get("deputy")).toEqual(tasks);
    expect(await approve(deputy, reference)).toEqual(OK);
    expect((await stored(reference)).steps.at(-1)).toMatchObject({
      by: { personId: "deputy" },
      for: { personId: "manager" },
      command: "approve",
    });
    expect(await evidence("exception.approved")).toMatchObject([["deputy", { for: "manager" }]]);
    const { id } = await database().prisma.deputy.findFirstOrThrow();
    expect(await endDeputy(manager, id)).toEqual(OK);
    expect(await approve(deputy, before)).toEqual({ ok: false, code: "not-found" });
    expect(await listExceptionTasks(deputy)).toEqual([]);
    expect(await approve(manager, before)).toEqual(OK);
    expect((await stored(before)).steps.at(-1)?.for).toBeNull();
  });

  it("decides in their own right where they have it", async () => {
    expect(await name(manager, officer)).toEqual(OK);
    const reference = await exceptionAwaitingApproval(asker, "own");
    expect((await getException(officer, reference))?.decidesFor).toBeNull();
    expect(await approve(officer, reference)).toEqual(OK);
    expect(await evidence("exception.approved")).not.toMatchObject([["officer", { for: "manager" }]]);
  });

  it("is no deputy of a deputy's principal: there is no chain", async () => {
    const third = await addPerson(database(), "third", { roles: ["line-manager"] });
    await name(manager, deputy);
    await name(deputy, third);
    const reference = await exceptionAwaitingApproval(asker, "chain");
    expect(await getException(third, reference)).toBeNull();
    expect(await approve(third, reference)).toEqual({ ok: false, code: "not-found" });
  });

  it("is barred by what bars them, and by what bars the principal", async () => {
    const forTeam = async (key: string, who: Actor) => {
      const reference = await completeDraft(who, key);
      const until = addDays(today, 20);
      const part = { scope: "team" as const, teamId: "fraud", groupId: null, wantedFrom: null, wantedUntil: until };
      expect(await saveWho(who, reference, part)).toEqual(OK);
      expect(await submitException(who, reference)).toEqual(OK);
      return reference;
    };
    await name(manager, deputy);
    // It covers the manager, as the manager of the team that it is for.
    const coversPrincipal = await forTeam("covers the principal", asker);
    expect((await getException(deputy, coversPrincipal))?.commands).toEqual([]);
    expect(await approve(deputy, coversPrincipal)).toMatchObject({ ok: false });
    await database().prisma.person.update({ where: { id: "deputy" }, data: { teamId: "fraud" } });
    const inTeam = { ...deputy, team: "fraud" };
    expect(await approve(inTeam, await exceptionAwaitingApproval(asker, "one person"))).toEqual(OK);
    expect(await approve(inTeam, coversPrincipal)).toMatchObject({ ok: false });
    expect((await getException(inTeam, coversPrincipal))?.bar).toBe("covered");
    const own = await exceptionAwaitingApproval(inTeam, "the deputy's own");
    expect(await approve(inTeam, own)).toEqual({ ok: false, code: "not-yours" });
  });

  it("of an officer decides and revokes what officers do", async () => {
    expect(await name(officer, senior, "governance-officer")).toEqual(OK);
    const ordinary = await exceptionAwaitingApproval(asker, "ordinary");
    expect(await approve(senior, ordinary)).toEqual(OK);
    expect(await revokeException(senior, ordinary, "Stop.")).toEqual(OK);
    expect(await evidence("exception.revoked")).toMatchObject([["senior", { for: "officer" }]]);
    const high = await exceptionAwaitingApproval(asker, "high", HIGH_RISK);
    expect(await approve(senior, high)).toEqual(OK);
    // Here they have a turn of their own.
    expect((await stored(high)).steps.at(-1)?.for).toBeNull();
  });

  it("and the principal who press at once: one wins, and the other is told", async () => {
    await name(manager, deputy);
    for (let round = 0; round < 5; round++) {
      const reference = await exceptionAwaitingApproval(asker, `round ${round}`);
      const { revision } = await stored(reference);
      const results = await Promise.all([
        approve(manager, reference),
        declineException(deputy, reference, revision, "No."),
      ]);
      expect(results.filter(({ ok }) => ok)).toHaveLength(1);
      expect(results).toContainEqual({ ok: false, code: "wrong-state" });
      expect((await stored(reference)).steps).toHaveLength(2);
    }
  });
});
