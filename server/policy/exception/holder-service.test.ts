import { beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { TASK_KINDS, type TaskKind } from "#domain/gather/task/task.ts";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import type { ApprovalCondition, Risk } from "#domain/policy/exception/request.ts";
import { clock } from "#server/base/clock.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { completeDraft, exceptionAwaitingApproval, MEDIUM_RISK } from "#server/testing/exceptions.ts";
import { addPerson, addTeam, leaveByProgram } from "#server/testing/people.ts";
import { saveWho } from "./draft-service.ts";
import {
  takeOverException,
  approveException,
  completeExceptionMitigation,
  requestChanges,
  submitException,
} from "./service.ts";
import { getException, listExceptionTasks, listMyExceptions } from "./queries.ts";
import { findException } from "./repository.ts";

const OK = { ok: true };
const NOT_FOUND = { ok: false, code: "not-found" };
const HOLDER_COMMANDS = ["withdraw", "complete-mitigation", "meet-condition", "extend"];

/** Kinds of tasks that are about other things than exceptions. */
const OTHER_KINDS: readonly TaskKind[] = [
  ...([
    "acknowledge",
    "answer-decline",
    "answer-check",
    "answer-question",
    "correct-content",
    "sign-version",
    "name-signer",
    "publish-version",
    "review-policy",
    "propose-campaign",
    "start-campaign",
    "see-to-answers",
  ] as const),
  ...(["look-at-results", "review-continuity", "consent-to-group", "decide-group", "change-group"] as const),
  ...(["remove-from-group", "appoint-group-administrator", "review-group", "update-group-details"] as const),
  ...(["confirm-group-settings", "review-app", "state-phone-return", "check-phone-return"] as const),
  ...(["phone-group-members", "dispose-record", "classify-record", "finish-incident", "look-at-incident"] as const),
  ...(["open-incident", "rule-on-incident", "decide-incident", "report-incident", "tell-people"] as const),
  "finish-draft",
  "policy-debt", // of the policy, whose owner is whoever holds the role
  ...(["do-incident-action", "confirm-hold", "clear-down", "clear-down-missed", "renew-api-token"] as const),
  ...([
    "undelivered-mail",
    "undelivered-events",
    "confirm-roles",
    "name-role-holder",
    "review-hold",
    "end-photo-use",
  ] as const),
  ...(["read-outside-rule", "answer-search", "acknowledge-complaint", "answer-request"] as const),
];

describeOnEachDatabase("who looks after an exception", (database) => {
  let people: Record<"asker" | "manager" | "officer" | "senior" | "admin" | "second", Actor>;

  beforeEach(async () => {
    const manager = await addPerson(database(), "manager", { roles: ["employee", "line-manager"] });
    const team = await addTeam(database(), "fraud", { managerId: manager.personId });
    people = {
      manager,
      asker: await addPerson(database(), "asker", { team }),
      officer: await addPerson(database(), "officer", { roles: ["employee", "governance-officer"] }),
      senior: await addPerson(database(), "senior", { roles: ["employee", "senior-information-risk-owner"] }),
      admin: await addPerson(database(), "admin", { roles: ["employee", "administrator"] }),
      second: await addPerson(database(), "second", { roles: ["employee", "administrator"] }),
    };
  });

  const stored = async (reference: string) => {
    const found = await findException(database().prisma, "nao", reference);
    if (!found) throw new Error(`There is no ${reference}.`);
    return found;
  };
  const soon = () => addDays(calendarDay(clock.now()), 9);
  const forTeam = async (key: string, risk: Risk = MEDIUM_RISK, conditions: readonly ApprovalCondition[] = []) => {
    const { asker, officer } = people;
    const reference = await completeDraft(asker, key, risk);
    const wantedUntil = addDays(calendarDay(clock.now()), 30);
    const part = { scope: "team" as const, teamId: "fraud", groupId: null, wantedFrom: null, wantedUntil };
    expect(await saveWho(asker, reference, part)).toEqual(OK);
    expect(await submitException(asker, reference)).toEqual(OK);
    const { revision } = await stored(reference);
    const approval = { reason: "It helps.", conditions, until: wantedUntil };
    expect(await approveException(officer, reference, revision, approval)).toEqual(OK);
    return reference;
  };
  const leaves = async (who: keyof typeof people) => leaveByProgram("nao", people[who].personId);
  const has = async (who: keyof typeof people, kind: TaskKind) =>
    (await listExceptionTasks(people[who])).some((task) => task.kind === kind);

  it("is whoever takes it over, with evidence, once", async () => {
    const mitigations = [{ text: "Lock the phone.", owner: "requester" as const, dueOn: soon() }];
    const reference = await forTeam("team", { ...MEDIUM_RISK, mitigations });
    const { manager, officer, senior } = people;
    expect(await takeOverException(manager, reference)).toEqual(NOT_FOUND);
    await leaves("asker");
    for (const other of [officer, senior]) expect(await takeOverException(other, reference)).toEqual(NOT_FOUND);
    const twice = [1, 2].map(() => takeOverException(manager, reference));
    expect(await Promise.all(twice)).toEqual([OK, OK]);
    expect((await stored(reference)).requesterId).toBe("manager");
    const rows = await database().prisma.evidence.findMany({ where: { event: "exception.taken-over" } });
    expect(rows.map(({ actor, data }) => [actor, JSON.parse(data) as unknown])).toEqual([
      ["manager", { from: "asker" }],
    ]);
    expect(await has("manager", "take-over-exception")).toBe(false);
    expect((await listMyExceptions(manager)).mine.map(({ exception }) => exception.reference)).toEqual([reference]);
    const [mitigation = ""] = (await getException(manager, reference))?.ownMitigations ?? [];
    expect(await completeExceptionMitigation(manager, reference, mitigation)).toEqual(OK);
  });

  it("may be who approved it", async () => {
    const reference = await forTeam("team");
    await leaves("asker");
    await leaves("manager");
    expect(await takeOverException(people.officer, reference)).toEqual(OK);
    expect(await stored(reference)).toMatchObject({ requesterId: "officer", askedById: "asker" });
    // Now it is theirs, and nobody decides on what is their own.
    expect((await getException(people.officer, reference))?.commands).toEqual(HOLDER_COMMANDS);
  });

  it("is nobody for what was for the leaver alone, and for what was for a team that is no more", async () => {
    const { manager, officer } = people;
    const own = await exceptionAwaitingApproval(people.asker, "own");
    const { revision, wantedUntil } = await stored(own);
    await approveException(officer, own, revision, { reason: "It helps.", conditions: [], until: wantedUntil });
    const team = await forTeam("team");
    await leaves("asker");
    await database().prisma.team.delete({ where: { id: "fraud" } });
    for (const reference of [own, team])
      for (const one of [manager, officer]) expect(await takeOverException(one, reference)).toEqual(NOT_FOUND);
  });

  /** Each kind of duty: makes it somebody's, who then leaves; who has it afterwards, or null where nothing is left to do. */
  const DUTIES: Partial<
    Record<TaskKind, () => Promise<{ leaver: keyof typeof people; next: keyof typeof people | null }>>
  > = {
    "change-exception": async () => {
      const reference = await exceptionAwaitingApproval(people.asker, "one");
      await requestChanges(people.officer, reference, (await stored(reference)).revision, "Shorter.", {});
      return { leaver: "asker", next: null };
    },
    "decide-exception": async () => {
      await leaves("officer");
      await exceptionAwaitingApproval(people.asker, "one");
      return { leaver: "manager", next: "senior" };
    },
    "name-decider": async () => {
      for (const who of ["manager", "officer", "senior"] as const) await leaves(who);
      await exceptionAwaitingApproval(people.asker, "one");
      return { leaver: "admin", next: "second" };
    },
    "complete-mitigation": async () => {
      const mitigations = [{ text: "Train the team.", owner: "line-manager" as const, dueOn: soon() }];
      await forTeam("team", { ...MEDIUM_RISK, mitigations });
      return { leaver: "manager", next: "officer" };
    },
    "meet-condition": async () => {
      await forTeam("team", MEDIUM_RISK, [{ text: "Tell the team.", dueOn: soon() }]);
      return { leaver: "asker", next: "manager" };
    },
    "review-exception": async () => {
      await forTeam("team", MEDIUM_RISK, [{ text: "Tell the team.", dueOn: soon() }]);
      const yesterday = addDays(calendarDay(clock.now()), -1);
      await database().prisma.exceptionCondition.updateMany({ data: { dueOn: yesterday } });
      return { leaver: "officer", next: "senior" };
    },
    "exception-ends": async () => {
      await forTeam("team");
      return { leaver: "asker", next: "manager" };
    },
    "take-over-exception": async () => {
      await forTeam("team");
      await leaves("asker");
      return { leaver: "manager", next: "officer" };
    },
    "end-exception": async () => {
      await forTeam("team");
      await database().prisma.team.delete({ where: { id: "fraud" } });
      return { leaver: "asker", next: "officer" };
    },
  };

  it("every kind of task about exceptions is in the list of duties below", () => {
    expect([...Object.keys(DUTIES), ...OTHER_KINDS].sort()).toEqual([...TASK_KINDS].sort());
  });

  it.each(Object.entries(DUTIES))("has %s after whoever had it has left", async (name, give) => {
    const kind = TASK_KINDS.find((one) => one === name) ?? "acknowledge";
    const { leaver, next } = await give();
    expect(await has(leaver, kind)).toBe(true);
    await leaves(leaver);
    const others = (Object.keys(people) as (keyof typeof people)[]).filter((who) => who !== leaver);
    const holders = await Promise.all(others.map(async (who) => ((await has(who, kind)) ? [who] : [])));
    if (next === null) expect(holders.flat()).toEqual([]);
    else expect(holders.flat()).toContain(next);
  });
});
