import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { readRegisterFilter } from "#domain/policy/exception/register.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { decide } from "#domain/policy/decision/decide.ts";
import { clock } from "#server/base/clock.ts";
import { getDecidingTable } from "#server/answers/known-answer/queries.ts";
import { getPolicy } from "#server/policy/policy/queries.ts";
import {
  HIGH_RISK,
  MEDIUM_RISK,
  completeDraft,
  exceptionAwaitingApproval,
  lasting,
} from "#server/testing/exceptions.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { saveRisk, saveWho, saveWhy } from "./draft-service.ts";
import { getException, listEarlier, listExceptionTasks, listGranted, getQueue, listMyExceptions } from "./queries.ts";
import { getExceptionRegister } from "./register-queries.ts";
import { findException } from "./repository.ts";
import {
  approveException,
  completeExceptionMitigation,
  requestChanges,
  revokeException,
  submitException,
  withdrawException,
} from "./service.ts";

const SITUATION = { device: "personal", audience: "partner", purpose: "arrange-contact", content: "non-sensitive" };

const at = (moment: Date) => vi.spyOn(clock, "now").mockReturnValue(moment);

const ALL = readRegisterFilter({});

describeOnEachDatabase("what is known of exceptions", (database) => {
  let asker: Actor;
  let colleague: Actor;
  let other: Actor;
  let manager: Actor;
  let officer: Actor;
  let auditor: Actor;

  beforeEach(async () => {
    at(new Date("2026-11-23T10:00:00Z"));
    manager = await addPerson(database(), "manager", { roles: ["line-manager"] });
    const team = await addTeam(database(), "fraud", { managerId: manager.personId });
    asker = await addPerson(database(), "asker", { team });
    colleague = await addPerson(database(), "colleague", { team });
    other = await addPerson(database(), "other", { team: await addTeam(database(), "audit") });
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    auditor = await addPerson(database(), "auditor", { roles: ["auditor"] });
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const stored = async (reference: string) => {
    const found = await findException(database().prisma, "nao", reference);
    if (!found) throw new Error(`There is no ${reference}.`);
    return found;
  };
  const approve = async (reference: string) => {
    const { revision, wantedUntil } = await stored(reference);
    const approval = { reason: "It helps.", conditions: [lasting("Only times.")], until: wantedUntil };
    expect(await approveException(officer, reference, revision, approval)).toEqual({ ok: true });
    return reference;
  };
  const forTeam = async (key: string, teamId = "fraud") => {
    const reference = await completeDraft(asker, key);
    const part = { scope: "team" as const, teamId, groupId: null, wantedFrom: null, wantedUntil: "2026-12-23" };
    expect(await saveWho(asker, reference, part)).toEqual({ ok: true });
    expect(await submitException(asker, reference)).toEqual({ ok: true });
    return approve(reference);
  };
  const verdictFor = async (actor: Actor, situation = SITUATION) => {
    const policy = await getPolicy(actor, "nao");
    if (!policy) throw new Error("There is no policy.");
    const own = await getDecidingTable(actor, policy);
    const decision = decide(own.table, situation);
    return decision.settled
      ? { verdict: decision.rule.verdict, under: own.exceptionFor(decision.rule)?.reference ?? null }
      : { needs: decision.needs };
  };
  const grantedTo = async (actor: Actor) => (await listGranted(actor, "nao")).map(({ reference }) => reference);

  it("changes the answer for the requester, in that situation, and nothing else", async () => {
    expect(await verdictFor(asker)).toEqual({ verdict: "exception-only", under: null });
    const reference = await exceptionAwaitingApproval(asker, "first");
    expect(await verdictFor(asker)).toEqual({ verdict: "exception-only", under: null });
    await approve(reference);
    expect(await verdictFor(asker)).toEqual({ verdict: "with-care", under: reference });
    expect(await verdictFor(asker, { ...SITUATION, audience: "citizen" })).toMatchObject({ under: null });
    expect(await verdictFor(asker, { ...SITUATION, content: "sensitive" })).toEqual({ verdict: "never", under: null });
    expect(await verdictFor(asker, { ...SITUATION, device: "work" })).toEqual({ verdict: "never", under: null });
    expect(await verdictFor(colleague)).toEqual({ verdict: "exception-only", under: null });
  });

  it("asks nobody about exceptions for a policy of their own body, and everybody for another's", async () => {
    const elsewhere = await addPerson(database(), "elsewhere", { body: "nottingham" });
    expect(await verdictFor(elsewhere)).toEqual({ needs: ["exception"] });
    for (const actor of [asker, officer]) expect(await verdictFor(actor)).toMatchObject({ verdict: "exception-only" });
  });

  it("covers all of a team, nobody of another, and nobody who has left it", async () => {
    const reference = await forTeam("team");
    expect(await Promise.all([asker, colleague, other].map(grantedTo))).toEqual([[reference], [reference], []]);
    expect(await getException(colleague, reference)).toMatchObject({ sees: "permission" });
    expect(await getException(other, reference)).toBeNull();
    const moved = { ...colleague, team: "audit" };
    expect(await grantedTo(moved)).toEqual([]);
    expect(await getException(moved, reference)).toBeNull();
    expect(await verdictFor(moved)).toEqual({ verdict: "exception-only", under: null });
    expect((await listMyExceptions(colleague)).coveringMe).toHaveLength(1);
    expect((await listMyExceptions(moved)).coveringMe).toEqual([]);
    const askerMoved = { ...asker, team: "audit" };
    expect(await grantedTo(askerMoved)).toEqual([]);
    expect(await getException(askerMoved, reference)).toMatchObject({ sees: "all" });
  });

  it("does not cover before its first day", async () => {
    const reference = await completeDraft(asker, "later");
    const part = {
      scope: "person" as const,
      teamId: null,
      groupId: null,
      wantedFrom: "2026-12-01",
      wantedUntil: "2026-12-23",
    };
    await saveWho(asker, reference, part);
    await submitException(asker, reference);
    await approve(reference);
    const start = new Date("2026-12-01T00:00:00Z").getTime();
    at(new Date(start - 1));
    expect(await grantedTo(asker)).toEqual([]);
    at(new Date(start));
    expect(await grantedTo(asker)).toEqual([reference]);
  });

  it("expires everywhere at the same millisecond, without any job having to run", async () => {
    const mitigations = [
      { text: "Tidy up.", owner: "requester" as const, dueOn: "2026-12-20" },
      { text: "Name nobody.", owner: "requester" as const, dueOn: null },
    ];
    const reference = await exceptionAwaitingApproval(asker, "first", { ...MEDIUM_RISK, mitigations });
    await approve(reference);
    const [mitigation = ""] = (await stored(reference)).risks[0]?.mitigations.map(({ id }) => id) ?? [];
    const everywhere = async () => ({
      page: (await getException(asker, reference))?.state,
      list: (await listMyExceptions(asker)).mine[0]?.state,
      register: (await (await getExceptionRegister(auditor, ALL))?.page(null))?.rows[0]?.state,
      tasks: (await listExceptionTasks(asker)).map(({ kind, due }) => [kind, due]),
      granted: await grantedTo(asker),
      verdict: await verdictFor(asker),
      mayRevoke: (await getException(officer, reference))?.commands.includes("revoke"),
    });
    const { endsAt } = await stored(reference);
    expect(endsAt).toEqual(new Date("2026-12-24T00:00:00.000Z"));
    at(new Date("2026-12-23T23:59:59.999Z"));
    expect(await everywhere()).toEqual({
      page: "approved",
      list: "approved",
      register: "approved",
      tasks: [
        ["complete-mitigation", "2026-12-20"],
        ["complete-mitigation", "2026-12-23"],
        ["exception-ends", "2026-12-23"],
      ],
      granted: [reference],
      verdict: { verdict: "with-care", under: reference },
      mayRevoke: true,
    });
    at(new Date("2026-12-24T00:00:00.000Z"));
    expect(await everywhere()).toEqual({
      page: "expired",
      list: "expired",
      register: "expired",
      tasks: [],
      granted: [],
      verdict: { verdict: "exception-only", under: null },
      mayRevoke: false,
    });
    const wrongState = { ok: false, code: "wrong-state" };
    expect(await revokeException(officer, reference, "Too late.")).toEqual(wrongState);
    expect(await completeExceptionMitigation(asker, reference, mitigation)).toEqual(wrongState);
  });

  it("ends in summer at midnight in London, not UTC", async () => {
    at(new Date("2027-05-31T10:00:00Z"));
    const reference = await approve(await exceptionAwaitingApproval(asker, "summer"));
    expect((await stored(reference)).endsAt).toEqual(new Date("2027-06-30T23:00:00.000Z"));
  });

  it("waits in the queue of those whose turn it is: oldest first and, if equally old, the riskiest first", async () => {
    at(new Date("2026-12-23T16:00:00Z"));
    const oldest = await exceptionAwaitingApproval(asker, "oldest");
    at(new Date("2026-12-29T09:00:00Z"));
    const low = await exceptionAwaitingApproval(colleague, "low", {
      ...MEDIUM_RISK,
      likelihoodAfter: 1,
      impactAfter: 1,
    });
    at(new Date("2026-12-29T10:00:00Z"));
    const high = await exceptionAwaitingApproval(asker, "high", HIGH_RISK);
    const inOtherTeam = await exceptionAwaitingApproval(other, "elsewhere");
    await completeDraft(asker, "not sent");
    at(new Date("2027-01-04T09:00:00Z"));
    const queueOf = async (actor: Actor) =>
      (await getQueue(actor))?.rows.map(({ exception, ageInWorkingDays, due }) => [
        exception.reference,
        ageInWorkingDays,
        due,
      ]);
    // Christmas Day, the Boxing Day substitute on the 28th, and New Year's Day are not working days.
    expect(await queueOf(officer)).toEqual([
      [oldest, 5, "2027-01-04"],
      [high, 3, "2027-01-06"],
      [inOtherTeam, 3, "2027-01-06"],
      [low, 3, "2027-01-06"],
    ]);
    const daysLeft = async () => (await getQueue(officer))?.rows.map((row) => row.daysLeft);
    expect(await daysLeft()).toEqual([0, 2, 2, 2]);
    at(new Date("2027-01-05T09:00:00Z"));
    expect(await daysLeft()).toEqual([-1, 1, 1, 1]);
    at(new Date("2027-01-04T09:00:00Z"));
    expect((await queueOf(manager))?.map(([reference]) => reference)).toEqual([oldest, low]);
    const seniorOwner = await addPerson(database(), "senior", { roles: ["senior-information-risk-owner"] });
    expect((await queueOf(seniorOwner))?.map(([reference]) => reference)).toEqual([high]);
    for (const actor of [asker, auditor]) expect(await getQueue(actor)).toBeNull();
    const tasks = await listExceptionTasks(manager);
    expect(tasks.map(({ kind, key, due }) => [kind, key, due])).toEqual([
      ["decide-exception", oldest, "2027-01-04"],
      ["decide-exception", low, "2027-01-06"],
    ]);
  });

  it("is in the register once it is sent, for officers and auditors", async () => {
    await completeDraft(asker, "draft");
    const sent = await exceptionAwaitingApproval(asker, "sent");
    for (const actor of [officer, auditor])
      expect(
        (await (await getExceptionRegister(actor, ALL))?.page(null))?.rows.map(({ exception }) => exception.reference),
      ).toEqual([sent]);
    for (const actor of [asker, manager, other]) expect(await getExceptionRegister(actor, ALL)).toBeNull();
  });

  it("keeps bodies apart", async () => {
    const reference = await forTeam("team");
    const waiting = await exceptionAwaitingApproval(asker, "waiting");
    const roles: Actor["roles"] = ["governance-officer", "auditor", "line-manager", "senior-information-risk-owner"];
    const elsewhere = { ...(await addPerson(database(), "elsewhere", { body: "nottingham", roles })), team: "fraud" };
    for (const one of [reference, waiting]) expect(await getException(elsewhere, one)).toBeNull();
    expect((await getQueue(elsewhere))?.rows).toEqual([]);
    expect(await getExceptionRegister(elsewhere, ALL)).toMatchObject({ all: 0, found: 0 });
    expect(await listExceptionTasks(elsewhere)).toEqual([]);
    expect(await grantedTo(elsewhere)).toEqual([]);
    expect(await listMyExceptions(elsewhere)).toEqual({ mine: [], coveringMe: [] });
  });

  it("shows a decider what came before; of other teams neither name nor reference; the requester nothing", async () => {
    const earlier = await approve(await exceptionAwaitingApproval(asker, "earlier"));
    await approve(await exceptionAwaitingApproval(other, "in another team"));
    const unrelated = await exceptionAwaitingApproval(other, "from another clause");
    at(new Date("2026-11-23T11:00:00Z"));
    const before = await approve(await exceptionAwaitingApproval(asker, "before its first day"));
    const ended = { state: "revoked", startsAt: null, endsAt: null } as const;
    await database().prisma.exception.update({ where: { reference: before }, data: ended });
    await database().prisma.exception.update({ where: { reference: unrelated }, data: { clauses: ["4.1"] } });
    const reference = await exceptionAwaitingApproval(asker, "now");
    const earlierFor = async (actor: Actor) => {
      const view = await getException(actor, reference);
      return view && listEarlier(actor, view);
    };
    const forManager = await earlierFor(manager);
    expect(forManager?.ofPerson).toMatchObject([
      { reference: before, state: "revoked" },
      { reference: earlier, requesterName: "Person asker", state: "approved" },
    ]);
    expect(forManager?.ofClauses).toMatchObject([{ reference: null, requesterName: null, clauses: ["4.3"] }]);
    expect(forManager?.approvedOnClauses).toBe(3);
    expect((await earlierFor(officer))?.ofClauses[0]?.requesterName).toBe("Person other");
    expect(await earlierFor(asker)).toBeNull();
  });

  it("is to be changed within the target of when it was sent back, however often it is saved since", async () => {
    const reference = await exceptionAwaitingApproval(asker, "a");
    await requestChanges(officer, reference, (await stored(reference)).revision, "Say more.", {});
    const due = async () => (await listExceptionTasks(asker)).map(({ kind, due: day }) => `${kind} ${day}`);
    expect(await due()).toEqual(["change-exception 2026-11-30"]);
    at(new Date("2026-12-01T10:00:00Z"));
    const part = { clauses: ["4.3"], justification: "Half a sen", whyNoChannel: "", dataInvolved: "" };
    expect(await saveWhy(asker, reference, part, true)).toEqual({ ok: true });
    expect(await due()).toEqual(["change-exception 2026-11-30"]);
  });

  it("shows others what was last sent while a request is being changed", async () => {
    const reference = await exceptionAwaitingApproval(asker, "a");
    expect(await requestChanges(officer, reference, (await stored(reference)).revision, "Say more.", {})).toEqual({
      ok: true,
    });
    const part = { clauses: ["4.3"], justification: "Half a sen", whyNoChannel: "", dataInvolved: "" };
    expect(await saveWhy(asker, reference, part, true)).toEqual({ ok: true });
    expect(await saveRisk(asker, reference, null, HIGH_RISK)).toEqual({ ok: true });
    const seenBy = async (actor: Actor) => (await getException(actor, reference))?.exception;
    const sent = { justification: "Partners ask for it.", residual: 6, risks: { length: 1 } };
    expect(await seenBy(asker)).toMatchObject({ justification: "Half a sen", residual: 20, risks: { length: 2 } });
    for (const reader of [officer, manager, auditor]) expect(await seenBy(reader)).toMatchObject(sent);
    expect(
      (await (await getExceptionRegister(auditor, ALL))?.page(null))?.rows.map(({ exception }) => exception),
    ).toMatchObject([sent]);

    expect(await withdrawException(asker, reference, "Never mind.")).toEqual({ ok: true });
    expect(await seenBy(officer)).toMatchObject(sent);
  });
});
