import { beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { Risk } from "#domain/policy/exception/request.ts";
import { addDays, addWorkingDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { completeDraft, exceptionAwaitingApproval, MEDIUM_RISK } from "#server/testing/exceptions.ts";
import { addApprovedGroup } from "#server/testing/groups.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { saveAbsence } from "#server/people/absence/service.ts";
import { handDutiesOver } from "#server/people/deputy/job.ts";
import { changeTeam } from "#server/people/directory/detail-service.ts";
import { markLeavers } from "#server/people/directory/job.ts";
import { changeRoles, markLeft, markMoved } from "#server/people/directory/service.ts";
import { closeGroup } from "#server/registers/group/register-service.ts";
import { placeHold } from "#server/registers/hold/service.ts";
import { discardDraft, saveRisk, saveWho } from "./draft-service.ts";
import {
  takeOverException,
  approveException,
  passOnException,
  requestChanges,
  submitException,
  withdrawException,
} from "./service.ts";
import { listPeopleWithExceptions } from "./leaver-effects.ts";
import { getException, listExceptionTasks, listGranted, listInForceBetween } from "./queries.ts";
import { findException } from "./repository.ts";

const OK = { ok: true };
const DONE = { code: "done" };

describeOnEachDatabase("when somebody leaves", (database) => {
  let asker: Actor;
  let manager: Actor;
  let officer: Actor;
  let senior: Actor;
  let administrator: Actor;

  beforeEach(async () => {
    manager = await addPerson(database(), "manager", { roles: ["employee", "line-manager"] });
    const team = await addTeam(database(), "fraud", { managerId: manager.personId });
    asker = await addPerson(database(), "asker", { team });
    await addPerson(database(), "colleague", { team });
    officer = await addPerson(database(), "officer", { roles: ["employee", "governance-officer"] });
    senior = await addPerson(database(), "senior", { roles: ["employee", "senior-information-risk-owner"] });
    administrator = await addPerson(database(), "admin", { roles: ["employee", "administrator"] });
  });

  const stored = async (reference: string) => {
    const found = await findException(database().prisma, "nao", reference);
    if (!found) throw new Error(`There is no ${reference}.`);
    return found;
  };
  const approve = async (by: Actor, reference: string) => {
    const { revision, wantedUntil } = await stored(reference);
    const approval = { reason: "It helps.", conditions: [], until: wantedUntil };
    expect(await approveException(by, reference, revision, approval)).toEqual(OK);
    return reference;
  };
  const forTeam = async (key: string, risk: Risk = MEDIUM_RISK) => {
    const reference = await completeDraft(asker, key, risk);
    const wantedUntil = addDays(calendarDay(clock.now()), 30);
    const part = { scope: "team" as const, teamId: "fraud", groupId: null, wantedFrom: null, wantedUntil };
    expect(await saveWho(asker, reference, part)).toEqual(OK);
    expect(await submitException(asker, reference)).toEqual(OK);
    return approve(officer, reference);
  };
  const leaves = async (...people: Actor[]) => {
    for (const { personId } of people) expect(await markLeft(administrator, personId)).toEqual(DONE);
  };
  const tasksOf = async (actor: Actor) => (await listExceptionTasks(actor)).map(({ kind }) => kind);
  const eventsOf = async (reference: string) => {
    const rows = await database().prisma.evidence.findMany({
      where: { subject: reference },
      orderBy: { position: "asc" },
    });
    return rows.map(({ event, actor }) => `${event} ${actor}`);
  };
  const told = async (reference: string) => {
    const where = { href: `/exceptions/${reference}` };
    const rows = await database().prisma.notice.findMany({
      where,
      orderBy: [{ createdAt: "asc" }, { personId: "asc" }],
    });
    return rows.map(({ personId, kind }) => `${personId} ${kind}`);
  };

  it("what they did not send is discarded; what waits or was sent back is withdrawn", async () => {
    const draft = await completeDraft(asker, "draft");
    const waiting = await exceptionAwaitingApproval(asker, "waiting");
    const sentBack = await exceptionAwaitingApproval(asker, "sent back");
    await requestChanges(manager, sentBack, (await stored(sentBack)).revision, "Shorter.", {});
    await leaves(asker);
    expect(await findException(database().prisma, "nao", draft)).toBeNull();
    for (const reference of [waiting, sentBack]) {
      expect((await stored(reference)).state).toBe("withdrawn");
      expect((await eventsOf(reference)).at(-1)).toBe("exception.withdrawn admin");
      expect((await stored(reference)).steps.at(-1)).toMatchObject({ command: "withdraw", by: { personId: "asker" } });
    }
    expect((await told(waiting)).slice(-2)).toEqual(["manager exception-ended", "officer exception-ended"]);
    for (const one of [manager, officer]) expect(await tasksOf(one)).toEqual([]);
  });

  it("a draft stays where a hold forbids them to delete", async () => {
    const why = { reason: "foi", occurredOn: "2026-11-20", keep: "All about the fraud team.", note: "" } as const;
    const whom = { groups: [], people: asker.email, isOnSubject: false };
    const draft = await completeDraft(asker, "draft");
    expect((await placeHold(officer, { startKey: "one", ...why, ...whom })).code).toBe("placed");
    await leaves(asker);
    expect((await stored(draft)).state).toBe("draft");
  });

  it("a draft stays where a hold is on a word in its risks, or on its group, also if its writer discards it", async () => {
    const why = {
      reason: "foi",
      occurredOn: "2026-11-20",
      keep: "All about it.",
      note: "",
      isOnSubject: false,
    } as const;
    const [spoken, grouped, free] = [
      await completeDraft(asker, "spoken"),
      await completeDraft(asker, "grouped"),
      await completeDraft(asker, "free"),
    ];
    const group = await addApprovedGroup(database(), { administrators: [manager] });
    const { id } = (await stored(spoken)).risks[0] ?? { id: "" };
    await saveRisk(asker, spoken, id, { ...MEDIUM_RISK, description: "Somebody in Quarrybank Hall reads it." });
    await database().prisma.exception.update({ where: { reference: grouped }, data: { groupId: group.id } });
    const words = { startKey: "one", groups: [], people: "", words: ["quarrybank hall"] };
    const onGroup = { startKey: "two", groups: [group.reference], people: "", words: [] };
    for (const whom of [words, onGroup]) expect((await placeHold(officer, { ...why, ...whom })).code).toBe("placed");
    for (const kept of [spoken, grouped]) expect(await discardDraft(asker, kept)).toMatchObject({ code: "refused" });
    expect(await discardDraft(asker, free)).toEqual(OK);
    await leaves(asker);
    for (const kept of [spoken, grouped]) expect((await stored(kept)).state).toBe("draft");
  });

  it("what they hold for themselves ends at once, and the record says why", async () => {
    const reference = await approve(officer, await exceptionAwaitingApproval(asker, "own"));
    const before = clock.now();
    await leaves(asker);
    const { state, endsAt, steps } = await stored(reference);
    expect(state).toBe("revoked");
    expect(endsAt?.getTime()).toBeGreaterThanOrEqual(before.getTime());
    expect(endsAt?.getTime()).toBeLessThanOrEqual(Date.now());
    expect(steps.at(-1)?.command).toBe("end-with-leaver");
    expect((await eventsOf(reference)).at(-1)).toBe("exception.ended-with-leaver admin");
    expect((await told(reference)).at(-1)).toBe("officer exception-ended");
    expect(await listGranted(asker, "nao")).toEqual([]);
    const period = [new Date(before.getTime() - 60_000), new Date(Date.now() + 86_400_000)] as const;
    expect(await listInForceBetween(officer, "nao", ...period)).toMatchObject([{ endsAt: steps.at(-1)?.at }]);
  });

  it("what has not begun yet never does", async () => {
    const reference = await approve(officer, await exceptionAwaitingApproval(asker, "later"));
    const startsAt = new Date(Date.now() + 86_400_000);
    await database().prisma.exception.updateMany({ data: { startsAt } });
    await leaves(asker);
    expect(await stored(reference)).toMatchObject({ state: "revoked", startsAt: null, endsAt: null });
  });

  it("what they hold for a team stays in force and is the line manager's, who can end it", async () => {
    const reference = await forTeam("team");
    await leaves(asker);
    expect((await stored(reference)).state).toBe("approved");
    expect((await eventsOf(reference)).at(-1)).toBe("exception.handed-over admin");
    expect((await told(reference)).at(-1)).toBe("manager exception-handed-over");
    expect(await tasksOf(manager)).toEqual(["complete-mitigation", "take-over-exception", "exception-ends"]);
    const view = await getException(manager, reference);
    expect(view).toMatchObject({ mayTakeOver: true, capacities: ["requester"] });
    expect(await tasksOf(officer)).toEqual([]);
    expect(await withdrawException(manager, reference, "Nobody needs it.")).toEqual(OK);
    expect(await tasksOf(manager)).toEqual([]);
  });

  it("goes to the governance officers where there is no line manager", async () => {
    const mitigations = [
      { text: "Train the team.", owner: "line-manager" as const, dueOn: addDays(calendarDay(clock.now()), 9) },
      { text: "Lock the phone.", owner: "requester" as const, dueOn: addDays(calendarDay(clock.now()), 9) },
    ];
    const reference = await forTeam("team", { ...MEDIUM_RISK, mitigations });
    expect(await tasksOf(manager)).toEqual(["complete-mitigation"]);
    await leaves(asker);
    expect((await tasksOf(manager)).filter((kind) => kind === "complete-mitigation")).toHaveLength(2);
    await leaves(manager);
    expect((await tasksOf(officer)).sort()).toEqual([
      "complete-mitigation",
      "complete-mitigation",
      "take-over-exception",
    ]);
    expect((await getException(officer, reference))?.mayTakeOver).toBe(true);
  });

  it("what somebody holds for a team is its manager's, and then the officers', once they change team", async () => {
    const reference = await forTeam("team");
    await addTeam(database(), "audit", { managerId: senior.personId });
    const before = (await told(reference)).length;
    expect(await markMoved(administrator, "asker", "audit")).toEqual(DONE);
    expect((await told(reference)).slice(before)).toEqual(["manager exception-handed-over"]);
    expect((await eventsOf(reference)).at(-1)).toBe("exception.handed-over admin");
    expect((await stored(reference)).state).toBe("approved");
    const moved = { ...asker, team: "audit" };
    expect([await tasksOf(moved), await tasksOf(manager), await tasksOf(senior)]).toEqual([
      [],
      ["complete-mitigation", "take-over-exception", "exception-ends"],
      [],
    ]);
    expect(await getException(moved, reference)).toMatchObject({ sees: "all", commands: [], mayTakeOver: false });
    await leaves(manager);
    expect(await tasksOf(officer)).toEqual(["complete-mitigation", "take-over-exception"]);
    expect(await takeOverException(officer, reference)).toEqual(OK);
    expect(await tasksOf(officer)).toEqual(["complete-mitigation", "exception-ends"]);
    expect(await markMoved(administrator, "asker", "fraud")).toEqual(DONE);
    expect(await getException(officer, reference)).toMatchObject({ mayTakeOver: false });
  });

  it("what somebody holds for a team that they manage stays theirs, wherever they are", async () => {
    await database().prisma.team.update({ where: { id: "fraud" }, data: { managerId: "asker" } });
    const reference = await forTeam("team");
    await addTeam(database(), "audit");
    expect(await markMoved(administrator, "asker", "audit")).toEqual(DONE);
    expect(await getException({ ...asker, team: "audit" }, reference)).toMatchObject({ capacities: ["requester"] });
    await database().prisma.team.update({ where: { id: "fraud" }, data: { managerId: "manager" } });
    expect(await tasksOf(manager)).toEqual(["complete-mitigation", "take-over-exception", "exception-ends"]);
  });

  it("nothing else is taken from somebody who changes team", async () => {
    const reference = await approve(officer, await exceptionAwaitingApproval(asker, "own"));
    await addTeam(database(), "audit");
    expect(await markMoved(administrator, "asker", "audit")).toEqual(DONE);
    expect((await stored(reference)).state).toBe("approved");
  });

  it("those are told whose turn it now is, once, when the last who decides leaves or loses the role", async () => {
    const reference = await exceptionAwaitingApproval(asker, "waiting");
    expect(await told(reference)).toEqual(["manager exception-sent", "officer exception-sent"]);
    await leaves(manager);
    expect(await told(reference)).toHaveLength(2);
    expect(await changeRoles(administrator, "officer", [])).toEqual(DONE);
    expect((await told(reference)).slice(2)).toEqual(["senior exception-sent"]);
    expect(await tasksOf(senior)).toEqual(["decide-exception"]);
    await leaves(senior);
    expect(await told(reference)).toHaveLength(3);
    expect(await tasksOf(administrator)).toEqual(["name-decider"]);
  });

  it("those are told whose turn it now is, once, while the last who decides is away for long", async () => {
    const reference = await exceptionAwaitingApproval(asker, "waiting");
    await leaves(manager);
    const today = calendarDay(clock.now());
    const { revision } = await stored(reference);
    expect(await passOnException(officer, reference, revision, "senior", "Yours.")).toEqual(OK);
    expect((await told(reference)).slice(2)).toEqual(["senior exception-passed-on"]);
    const away = { id: null, firstDay: addDays(today, -3), lastDay: addDays(today, 20) };
    expect(await saveAbsence(administrator, "senior", away)).toEqual(OK);
    const later = new Date(`${addWorkingDays(today, 5, new Set())}T09:00:00Z`);
    for (let times = 0; times < 2; times++) await handDutiesOver.run(later);
    expect((await told(reference)).slice(3)).toEqual(["officer exception-sent"]);
    expect(await tasksOf(officer)).toEqual(["decide-exception"]);
    expect((await stored(reference)).passedToId, "it is theirs again once they are back").toBe("senior");
  });

  it("a team or a chat group that is no more has its holder and the officers end what was for it", async () => {
    const ofTeam = await forTeam("team");
    const group = await addApprovedGroup(database(), { administrators: [asker] });
    const ofGroup = await completeDraft(asker, "group");
    const wantedUntil = addDays(calendarDay(clock.now()), 30);
    const part = { scope: "group" as const, teamId: null, groupId: group.id, wantedFrom: null, wantedUntil };
    expect(await saveWho(asker, ofGroup, part)).toEqual(OK);
    await submitException(asker, ofGroup);
    await approve(officer, ofGroup);
    const ends = async (actor: Actor) =>
      (await listExceptionTasks(actor)).flatMap(({ kind, href }) => (kind === "end-exception" ? [href] : [])).sort();
    expect(await ends(asker)).toEqual([]);
    expect(await closeGroup(asker, group.reference, "Done.")).toMatchObject({ code: "done" });
    await database().prisma.team.delete({ where: { id: "fraud" } });
    const both = [ofTeam, ofGroup].map((reference) => `/exceptions/${reference}`).sort();
    expect(await ends(asker)).toEqual(both);
    expect(await ends(officer)).toEqual(both);
    expect(await ends(senior)).toEqual([]);
  });

  it("a new line manager is told of what waits for them, once, and the one before has nothing to do with it", async () => {
    const next = await addPerson(database(), "next", { roles: ["employee", "line-manager"] });
    const third = await addPerson(database(), "third");
    const reference = await exceptionAwaitingApproval(asker, "own");
    const decides = async () =>
      Promise.all([manager, next, third].map(async (one) => (await tasksOf(one)).includes("decide-exception")));
    expect(await decides()).toEqual([true, false, false]);
    const change = async (managerId: string) =>
      changeTeam(administrator, "fraud", { name: "Team fraud", manager: `${managerId}@nao.invalid` });
    for (let times = 0; times < 2; times++) await change("next");
    expect(await decides()).toEqual([false, true, false]);
    expect((await told(reference)).filter((one) => one.startsWith("next"))).toEqual(["next exception-sent"]);
    const mails = await database().prisma.mail.count({ where: { personId: "next" } });
    expect(mails).toBeGreaterThan(0);
    await change("third");
    third.roles = ["employee", "line-manager"];
    expect(await decides()).toEqual([false, false, true]);
    expect((await told(reference)).at(-1)).toBe("third exception-sent");
  });

  it("is the same for many at once, by timed work", async () => {
    const own = await approve(officer, await exceptionAwaitingApproval(asker, "own"));
    const team = await forTeam("team");
    expect([...(await listPeopleWithExceptions(database().prisma, "nao"))]).toEqual(["asker"]);
    await database().prisma.person.updateMany({
      where: { id: { in: ["asker", "manager"] } },
      data: { leavesOn: "2020-01-01" },
    });
    await markLeavers.run(clock.now());
    expect((await stored(own)).state).toBe("revoked");
    expect((await eventsOf(own)).at(-1)).toBe("exception.ended-with-leaver portal");
    expect((await told(team)).at(-1)).toBe("officer exception-handed-over");
    expect(await tasksOf(officer)).toEqual(["complete-mitigation", "take-over-exception"]);
  });

  it("at the same moment as an approval: nothing is left in force for somebody who has left", async () => {
    for (let round = 0; round < 5; round++) {
      const one = await addPerson(database(), `asker-${round}`, { team: "fraud" });
      const reference = await exceptionAwaitingApproval(one, `round ${round}`);
      const { revision, wantedUntil } = await stored(reference);
      const approval = { reason: "It helps.", conditions: [], until: wantedUntil };
      const [left, approved] = await Promise.all([
        markLeft(administrator, one.personId),
        approveException(officer, reference, revision, approval),
      ]);
      expect(left).toEqual(DONE);
      const { state, steps } = await stored(reference);
      expect(state).toBe(approved.ok ? "revoked" : "withdrawn");
      expect(steps).toHaveLength(approved.ok ? 3 : 2);
    }
  });
});
