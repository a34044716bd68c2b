import { beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { exceptionAwaitingApproval, HIGH_RISK } from "#server/testing/exceptions.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { changeRoles, markLeft } from "#server/people/directory/service.ts";
import { passOnException, approveException, requestChanges, submitException, withdrawException } from "./service.ts";
import { getException, getQueue, listExceptionTasks, listReceivers } from "./queries.ts";
import { findException } from "./repository.ts";

const OK = { ok: true };

describeOnEachDatabase("passing a request on", (database) => {
  let asker: Actor;
  let manager: Actor;
  let officer: Actor;
  let second: Actor;
  let senior: Actor;
  let administrator: Actor;

  beforeEach(async () => {
    manager = await addPerson(database(), "manager", { roles: ["line-manager"] });
    const team = await addTeam(database(), "fraud", { managerId: manager.personId });
    asker = await addPerson(database(), "asker", { team });
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    second = await addPerson(database(), "second", { roles: ["governance-officer"] });
    senior = await addPerson(database(), "senior", { roles: ["senior-information-risk-owner"] });
    await addPerson(database(), "elsewhere", { roles: ["line-manager"] });
    administrator = await addPerson(database(), "admin", { roles: ["employee", "administrator"] });
  });

  const stored = async (reference: string) => {
    const found = await findException(database().prisma, "nao", reference);
    if (!found) throw new Error(`There is no ${reference}.`);
    return found;
  };
  const pass = async (by: Actor, reference: string, to: string, reason = "You know the partner.") =>
    passOnException(by, reference, (await stored(reference)).revision, to, reason);
  const approve = async (by: Actor, reference: string) => {
    const { revision, wantedUntil } = await stored(reference);
    return approveException(by, reference, revision, { reason: "It helps.", conditions: [], until: wantedUntil });
  };
  const receivers = async (by: Actor, reference: string) =>
    (await listReceivers(by, await stored(reference))).map(({ id }) => id);
  const inQueue = async (actor: Actor) => (await getQueue(actor))?.rows.map(({ passedOn }) => passedOn);
  const told = async () =>
    (await database().prisma.notice.findMany({ orderBy: [{ createdAt: "asc" }, { personId: "asc" }] })).map(
      ({ personId, kind }) => `${personId} ${kind}`,
    );
  const passedOn = { ok: false, code: "passed-on" };

  it("makes it one person's turn alone, with evidence, a step and a notice", async () => {
    const reference = await exceptionAwaitingApproval(asker, "one");
    expect(await receivers(manager, reference)).toEqual(["officer", "second", "senior"]);
    expect(await receivers(officer, reference)).toEqual(["manager", "second", "senior"]);
    const { revision } = await stored(reference);
    const twice = [1, 2].map(() => passOnException(manager, reference, revision, "senior", "You know the partner."));
    expect(await Promise.all(twice)).toEqual([OK, OK]);
    expect((await stored(reference)).steps.slice(1)).toMatchObject([
      { command: "pass-on", by: { personId: "manager" }, reason: "You know the partner." },
    ]);
    const rows = await database().prisma.evidence.findMany({ where: { event: "exception.passed-on" } });
    expect(rows.map(({ actor, data }) => [actor, JSON.parse(data) as unknown])).toEqual([
      ["manager", { to: "senior" }],
    ]);
    expect((await told()).at(-1)).toBe("senior exception-passed-on");
    expect(await inQueue(senior)).toEqual(["you"]);
    expect((await listExceptionTasks(senior)).map(({ kind }) => kind)).toEqual(["decide-exception"]);
    for (const other of [manager, officer, second]) {
      expect(await inQueue(other)).toEqual([]);
      expect(await listExceptionTasks(other)).toEqual([]);
      expect(await getException(other, reference)).toMatchObject({
        passedOn: "senior-information-risk-owner",
        commands: [],
      });
      expect(await approve(other, reference)).toEqual(passedOn);
    }
    expect(await approve(senior, reference)).toEqual(OK);
    expect((await stored(reference)).passedToId).toBeNull();
  });

  it("is refused to those who may not decide at this risk, without a reason, and by those whose turn it is not", async () => {
    const reference = await exceptionAwaitingApproval(asker, "high", HIGH_RISK);
    expect(await receivers(officer, reference)).toEqual(["second", "senior"]);
    for (const to of ["manager", "elsewhere", "asker", "officer", "nobody", ""])
      expect(await pass(officer, reference, to)).toMatchObject({ code: "refused", problems: [{ field: "to" }] });
    expect(await pass(officer, reference, "senior", "")).toMatchObject({ problems: [{ field: "reason" }] });
    expect(await pass(manager, reference, "senior")).toEqual({ ok: false, code: "needs-higher" });
    expect(await pass(asker, reference, "senior")).toEqual({ ok: false, code: "not-yours" });
    expect((await stored(reference)).steps).toHaveLength(1);
  });

  it("can go further, and is reset when it is changed and sent again", async () => {
    const reference = await exceptionAwaitingApproval(asker, "further");
    expect(await pass(manager, reference, "officer")).toEqual(OK);
    expect(await pass(officer, reference, "second")).toEqual(OK);
    expect(await approve(officer, reference)).toEqual(passedOn);
    expect(await requestChanges(second, reference, (await stored(reference)).revision, "Shorter.", {})).toEqual(OK);
    expect((await stored(reference)).passedToId).toBeNull();
    expect(await submitException(asker, reference)).toEqual(OK);
    expect(await approve(manager, reference)).toEqual(OK);
  });

  it("falls back when that person leaves or loses the role, and those whose turn it is are told", async () => {
    for (const go of [() => changeRoles(administrator, "officer", []), () => markLeft(administrator, "officer")]) {
      await database().prisma.person.update({ where: { id: "officer" }, data: { roles: ["governance-officer"] } });
      const reference = await exceptionAwaitingApproval(
        asker,
        `falls back ${await database().prisma.exception.count()}`,
      );
      expect(await pass(manager, reference, "officer")).toEqual(OK);
      const before = (await told()).length;
      expect(await go()).toEqual({ code: "done" });
      const since = (await told()).slice(before).filter((one) => one.endsWith("exception-sent"));
      expect(since).toEqual(["manager exception-sent", "second exception-sent"]);
      expect((await stored(reference)).passedToId).toBeNull();
      expect(await approve(manager, reference)).toEqual(OK);
    }
  });

  it("falls back when it comes to cover that person", async () => {
    const reference = await exceptionAwaitingApproval(asker, "covers");
    expect(await pass(manager, reference, "officer")).toEqual(OK);
    await database().prisma.exceptionCover.create({
      data: { exceptionId: (await stored(reference)).id, personId: "officer" },
    });
    expect((await getException(manager, reference))?.passedOn).toBeNull();
    expect(await approve(officer, reference)).toEqual({ ok: false, code: "covered" });
    expect(await approve(manager, reference)).toEqual(OK);
  });

  it("at the same moment as a decision: one wins, and the other is told", async () => {
    for (let round = 0; round < 5; round++) {
      const reference = await exceptionAwaitingApproval(asker, `round ${round}`);
      const { revision } = await stored(reference);
      const [passed, approved] = await Promise.all([
        passOnException(manager, reference, revision, "senior", "You know the partner."),
        approve(officer, reference),
      ]);
      expect([passed.ok, approved.ok].filter(Boolean)).toHaveLength(1);
      if (passed.ok) expect(["passed-on", "moved-on"]).toContain(!approved.ok && approved.code);
      else expect(passed).toEqual({ ok: false, code: "wrong-state" });
      expect((await stored(reference)).steps).toHaveLength(2);
    }
  });

  it("does not stop the requester from withdrawing it, and tells the one whose turn it is", async () => {
    const reference = await exceptionAwaitingApproval(asker, "withdrawn");
    await pass(manager, reference, "senior");
    expect(await withdrawException(asker, reference, "No need.")).toEqual(OK);
    expect((await told()).at(-1)).toBe("senior exception-ended");
  });
});
