import type { ApprovalCondition } from "#domain/policy/exception/request.ts";
import { beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { loadContent, useContent } from "#server/base/content/store.ts";
import {
  HIGH_RISK,
  MEDIUM_RISK,
  completeDraft,
  exceptionAwaitingApproval,
  lasting,
} from "#server/testing/exceptions.ts";
import { serveExceptionRules, serveRealContent, serveVersions } from "#server/testing/content.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { getException, listGranted } from "./queries.ts";
import { findException } from "./repository.ts";
import { saveWho } from "./draft-service.ts";
import {
  approveException,
  completeExceptionMitigation,
  declineException,
  requestChanges,
  revokeException,
  submitException,
  withdrawException,
  type ExceptionCommandResult,
} from "./service.ts";

const OK = { ok: true };
const CONDITIONS = ["Only on Fridays.", "Delete the messages afterwards."].map(lasting);

describeOnEachDatabase("a request for an exception", (database) => {
  let asker: Actor;
  let manager: Actor;
  let officer: Actor;
  let seniorOwner: Actor;

  beforeEach(async () => {
    manager = await addPerson(database(), "manager", { roles: ["line-manager"] });
    const team = await addTeam(database(), "fraud", { managerId: manager.personId });
    asker = await addPerson(database(), "asker", { team });
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    seniorOwner = await addPerson(database(), "senior-owner", { roles: ["senior-information-risk-owner"] });
  });

  const stored = async (reference: string) => {
    const found = await findException(database().prisma, "nao", reference);
    if (!found) throw new Error(`There is no ${reference}.`);
    return found;
  };
  const journal = () => database().prisma.evidence.findMany({ orderBy: { position: "asc" } });
  const events = async () => (await journal()).map(({ event }) => event);
  const approve = async (
    by: Actor,
    reference: string,
    more: { conditions?: ApprovalCondition[]; reason?: string } = {},
  ) => {
    const { revision, wantedUntil } = await stored(reference);
    const { reason = "It helps.", conditions = [] } = more;
    return approveException(by, reference, revision, { reason, conditions, until: wantedUntil });
  };

  it("goes through its whole life cycle with one row of evidence for each command", async () => {
    const reference = await exceptionAwaitingApproval(asker, "first");
    expect(await events()).toEqual(["exception.submitted"]);
    const comments = { risks: "Say who locks the phone." };
    expect(await requestChanges(manager, reference, (await stored(reference)).revision, "Too thin.", comments)).toEqual(
      OK,
    );
    expect(await submitException(asker, reference)).toEqual(OK);
    expect(await approve(manager, reference, { conditions: CONDITIONS })).toEqual(OK);
    const { risks, steps, ...request } = await stored(reference);
    const mitigation = risks[0]?.mitigations[0]?.id ?? "";
    expect(await completeExceptionMitigation(asker, reference, mitigation)).toEqual(OK);
    expect(await revokeException(officer, reference, "The phone was lost.")).toEqual(OK);

    expect(request).toMatchObject({ state: "approved", conditions: CONDITIONS, decidedBy: { personId: "manager" } });
    expect(steps.map(({ command, by, reason }) => [command, by.personId, reason])).toEqual([
      ["submit", "asker", null],
      ["request-changes", "manager", "Too thin."],
      ["submit", "asker", null],
      ["approve", "manager", "It helps."],
    ]);
    expect(steps[1]?.comments).toEqual(comments);
    const rows = await journal();
    expect(rows.map(({ event, actor }) => [event, actor])).toEqual([
      ["exception.submitted", "asker"],
      ["exception.changes-requested", "manager"],
      ["exception.submitted", "asker"],
      ["exception.approved", "manager"],
      ["exception.mitigation-completed", "asker"],
      ["exception.revoked", "officer"],
    ]);
    for (const row of rows) expect(row).toMatchObject({ subject: reference, policy: "nao", contentHash: request.hash });
    expect((await stored(reference)).steps).toHaveLength(rows.length);
  });

  it("keeps what people wrote outside the journal", async () => {
    const reference = await exceptionAwaitingApproval(asker, "first");
    await approve(manager, reference, { reason: "Because of Zoë 📱", conditions: CONDITIONS });
    const hashed = JSON.stringify(await journal());
    for (const text of ["Zoë", "Fridays", "Partners ask for it.", "The phone is lost.", "Person "])
      expect(hashed).not.toContain(text);
    const details = await database().prisma.evidenceDetail.findMany({ orderBy: { position: "asc" } });
    expect(JSON.parse(details[0]?.detail ?? "")).toMatchObject({ content: { justification: "Partners ask for it." } });
    expect(JSON.parse(details[1]?.detail ?? "")).toEqual({
      reason: "Because of Zoë 📱",
      conditions: CONDITIONS.map(({ text }) => text),
    });
  });

  it("is in force from the decision to the end of the last day, and the decider may choose an earlier one", async () => {
    const reference = await exceptionAwaitingApproval(asker, "first");
    const { revision } = await stored(reference);
    const until = new Date().toISOString().slice(0, 10);
    const approval = { reason: "Today only.", conditions: [], until };
    expect(await approveException(manager, reference, revision, approval)).toEqual(OK);
    const { startsAt, endsAt, decidedAt } = await stored(reference);
    expect(startsAt).toEqual(decidedAt);
    expect((endsAt?.getTime() ?? 0) - Date.now()).toBeLessThanOrEqual(25 * 3_600_000);
  });

  it("does not end before a mitigation that it rests on is due", async () => {
    const today = calendarDay(clock.now());
    const [mitigation] = MEDIUM_RISK.mitigations;
    const risk = { ...MEDIUM_RISK, mitigations: mitigation ? [{ ...mitigation, dueOn: addDays(today, 20) }] : [] };
    const reference = await exceptionAwaitingApproval(asker, "first", risk);
    const { revision } = await stored(reference);
    const until = (days: number) => ({ reason: "Yes.", conditions: [], until: addDays(today, days) });
    expect(await approveException(manager, reference, revision, until(19))).toMatchObject({
      problems: [{ field: "until", message: expect.stringContaining("when a mitigation is due") as unknown }],
    });
    expect(await approveException(manager, reference, revision, until(20))).toEqual(OK);
  });

  it("that two approve keeps what the first of them asked, and can only be shortened", async () => {
    const two = [["line-manager"], ["governance-officer"]] as const;
    await serveExceptionRules("nao", { decide: { low: two, medium: two, high: two, because: [] } });
    const today = calendarDay(clock.now());
    const reference = await exceptionAwaitingApproval(asker, "first");
    const byDay = { text: "Tell the team.", dueOn: addDays(today, 2) };
    const conditions = [...CONDITIONS, byDay];
    const give = async (by: Actor, until: number, given: ApprovalCondition[]) =>
      approveException(by, reference, (await stored(reference)).revision, {
        reason: "Yes.",
        conditions: given,
        until: addDays(today, until),
      });
    expect(await give(manager, 10, conditions)).toEqual(OK);
    expect(await give(officer, 11, conditions)).toMatchObject({ problems: [{ field: "until" }] });
    expect(await give(officer, 10, [byDay])).toMatchObject({
      problems: [
        { field: "conditions", message: expect.stringContaining("Only on Fridays.") as unknown },
        { field: "conditions", message: expect.stringContaining("Delete the messages afterwards.") as unknown },
      ],
    });
    expect(await give(officer, 10, CONDITIONS)).toMatchObject({ problems: [{ field: "conditions" }] });
    const later = { ...byDay, dueOn: addDays(today, 3) };
    expect(await give(officer, 10, [...CONDITIONS, later])).toMatchObject({ problems: [{ field: "conditions" }] });
    await database().prisma.exceptionCondition.updateMany({
      where: { dueOn: byDay.dueOn },
      data: { dueOn: addDays(today, -1) },
    });
    expect(await give(officer, 9, [lasting("Only at work."), ...CONDITIONS, later])).toEqual(OK);
    expect((await stored(reference)).conditions).toHaveLength(4);
    await serveRealContent();
  });

  it("is not approved from a clause that no exception lifts by the version that has come since", async () => {
    const reference = await exceptionAwaitingApproval(asker, "first");
    const [first] = await serveVersions("nao", []);
    if (!first) throw new Error("There is no policy.");
    const kept = { ...first.exceptionRules, lifts: [], never: { "4.3": "4.4" } };
    const content = await loadContent();
    const later = { ...first, version: "2", hash: "f".repeat(64), exceptionRules: kept };
    const policies = content.policies.map((one) =>
      one.slug === "nao" ? { slug: "nao", versions: [first, later] } : one,
    );
    useContent({ ...content, policies });
    expect(await approve(manager, reference)).toMatchObject({
      problems: [
        { field: "", message: expect.stringContaining("No exception can lift clause 4.3: clause 4.4") as unknown },
      ],
    });
    await serveRealContent();
    expect(await approve(manager, reference)).toEqual(OK);
  });

  it("is refused with what is wrong, and nothing changes", async () => {
    const reference = await exceptionAwaitingApproval(asker, "first");
    const { revision, wantedUntil } = await stored(reference);
    const before = await events();
    const fieldsOf = (result: ExceptionCommandResult) =>
      !result.ok && result.code === "refused" ? result.problems.map(({ field }) => field) : result;
    const good = { reason: "It helps.", conditions: [], until: wantedUntil };
    const attempts: [ExceptionCommandResult, string[]][] = [
      [await approveException(manager, reference, revision, { ...good, reason: "" }), ["reason"]],
      [await approveException(manager, reference, revision, { ...good, reason: "x".repeat(10_000) }), ["reason"]],
      [await approveException(manager, reference, revision, { ...good, until: null }), ["until"]],
      [await approveException(manager, reference, revision, { ...good, until: "2020-01-01" }), ["until"]],
      [await approveException(manager, reference, revision, { ...good, until: "9999-12-31" }), ["until"]],
      [
        await approveException(manager, reference, revision, { ...good, conditions: [lasting("y".repeat(301))] }),
        ["conditions"],
      ],
      [
        await approveException(manager, reference, revision, {
          ...good,
          conditions: "abcdefghijk".split("").map(lasting),
        }),
        ["conditions"],
      ],
      [await declineException(manager, reference, revision, ""), ["reason"]],
      [await requestChanges(manager, reference, revision, "", { why: "z".repeat(4_001) }), ["reason", "comment-why"]],
      [await withdrawException(asker, reference, ""), ["reason"]],
    ];
    for (const [result, fields] of attempts) expect(fieldsOf(result)).toEqual(fields);
    expect(await stored(reference)).toMatchObject({ state: "submitted", revision });
    expect(await events()).toEqual(before);
  });

  it("is not sent for a team that the requester has left since", async () => {
    const reference = await completeDraft(asker, "team");
    const { wantedUntil } = await stored(reference);
    expect(
      await saveWho(asker, reference, { scope: "team", teamId: "fraud", groupId: null, wantedFrom: null, wantedUntil }),
    ).toEqual(OK);
    await addTeam(database(), "audit");
    await database().prisma.person.update({ where: { id: asker.personId }, data: { teamId: "audit" } });
    expect(await submitException(asker, reference)).toMatchObject({ code: "refused", problems: [{ field: "scope" }] });
    expect(await events()).toEqual([]);
  });

  it("can be withdrawn and revoked before its first day, and then never was in force", async () => {
    for (const [key, end] of [
      ["withdrawn", (reference: string) => withdrawException(asker, reference, "No need.")],
      ["revoked", (reference: string) => revokeException(officer, reference, "Stop.")],
    ] as const) {
      const reference = await exceptionAwaitingApproval(asker, key);
      await approve(manager, reference);
      const startsAt = new Date(Date.now() + 86_400_000);
      await database().prisma.exception.update({ where: { reference }, data: { startsAt } });
      expect(await end(reference)).toEqual(OK);
      expect(await stored(reference)).toMatchObject({ startsAt: null, endsAt: null });
    }
  });

  it("says that its last day has passed, if it waited too long", async () => {
    const reference = await exceptionAwaitingApproval(asker, "first");
    await database().prisma.exception.updateMany({ data: { wantedUntil: "2026-01-31" } });
    const result = await approve(manager, reference);
    expect(result).toMatchObject({ code: "refused", problems: [{ field: "until" }] });
    expect(JSON.stringify(result)).toContain("has passed");
  });

  it("is never decided by the requester, whatever their roles", async () => {
    const officerTeam = await addTeam(database(), "officers", { managerId: officer.personId });
    await database().prisma.person.update({ where: { id: officer.personId }, data: { teamId: officerTeam } });
    const everything: Actor = {
      ...officer,
      roles: ["line-manager", "governance-officer", "senior-information-risk-owner"],
    };
    for (const [person, risk] of [
      [{ ...manager, team: "fraud" }, MEDIUM_RISK],
      [everything, MEDIUM_RISK],
      [everything, HIGH_RISK],
      [seniorOwner, HIGH_RISK],
    ] as const) {
      const reference = await exceptionAwaitingApproval(person, `${person.personId} ${risk.impactAfter}`, risk);
      const { revision } = await stored(reference);
      const refused = { ok: false, code: "not-yours" };
      expect(await approve(person, reference)).toEqual(refused);
      expect(await declineException(person, reference, revision, "No.")).toEqual(refused);
      expect(await requestChanges(person, reference, revision, "No.", {})).toEqual(refused);
      expect(await revokeException(person, reference, "No.")).toEqual(refused);
      expect((await stored(reference)).state).toBe("submitted");
    }
  });

  it("with a high risk left is decided by a governance officer or the senior owner, not by the line manager", async () => {
    const reference = await exceptionAwaitingApproval(asker, "high", HIGH_RISK);
    expect(await approve(manager, reference)).toEqual({ ok: false, code: "needs-higher" });
    expect(await approve(seniorOwner, reference)).toEqual(OK);
    const another = await exceptionAwaitingApproval(asker, "high too", HIGH_RISK);
    expect(await approve(officer, another)).toEqual(OK);
  });

  it("has only the team's current manager", async () => {
    const next = await addPerson(database(), "next-manager", { roles: ["line-manager"] });
    const reference = await exceptionAwaitingApproval(asker, "first");
    expect(await approve(next, reference)).toEqual({ ok: false, code: "not-found" });
    await database().prisma.team.update({ where: { id: "fraud" }, data: { managerId: next.personId } });
    expect(await approve(manager, reference)).toEqual({ ok: false, code: "not-found" });
    expect(await approve(next, reference)).toEqual(OK);
  });

  it("is recorded once if the same button is pressed twice", async () => {
    const draft = await completeDraft(asker, "first");
    expect(await Promise.all([submitException(asker, draft), submitException(asker, draft)])).toEqual([OK, OK]);
    const { revision, wantedUntil } = await stored(draft);
    const approval = { reason: "It helps.", conditions: CONDITIONS, until: wantedUntil };
    const twice = [1, 2].map(() => approveException(manager, draft, revision, approval));
    expect(await Promise.all(twice)).toEqual([OK, OK]);
    expect(await revokeException(officer, draft, "Stop.")).toEqual(OK);
    expect(await revokeException(officer, draft, "Stop.")).toEqual(OK);
    expect(await events()).toEqual(["exception.submitted", "exception.approved", "exception.revoked"]);
    expect((await stored(draft)).steps).toHaveLength(3);
  });

  it("is not a repeat if the words differ", async () => {
    const reference = await exceptionAwaitingApproval(asker, "first");
    const { revision, wantedUntil } = await stored(reference);
    const approval = { reason: "It helps.", conditions: [], until: wantedUntil };
    await approveException(manager, reference, revision, approval);
    for (const other of [
      { reason: "Other." },
      { conditions: CONDITIONS },
      { until: new Date().toISOString().slice(0, 10) },
    ])
      expect(await approveException(manager, reference, revision, { ...approval, ...other })).toEqual({
        ok: false,
        code: "wrong-state",
      });
  });

  it("is decided once if two deciders use the same words, and the second is told so", async () => {
    const reference = await exceptionAwaitingApproval(asker, "first");
    const { revision, wantedUntil } = await stored(reference);
    const approval = { reason: "It helps.", conditions: CONDITIONS, until: wantedUntil };
    expect(await approveException(manager, reference, revision, approval)).toEqual(OK);
    const told = { ok: false, code: "wrong-state" };
    expect(await approveException(officer, reference, revision, approval)).toEqual(told);
    expect(await approveException(manager, reference, revision, approval)).toEqual(OK);
    expect(await events()).toEqual(["exception.submitted", "exception.approved"]);
    expect((await stored(reference)).decidedBy).toMatchObject({ personId: "manager" });
  });

  it("decided by two at once is decided by one, and the other is told", async () => {
    for (let round = 0; round < 5; round++) {
      const reference = await exceptionAwaitingApproval(asker, `round ${round}`);
      const { revision } = await stored(reference);
      const results = await Promise.all([
        approve(manager, reference),
        declineException(officer, reference, revision, "No."),
      ]);
      expect(results.filter(({ ok }) => ok)).toHaveLength(1);
      expect(results).toContainEqual({ ok: false, code: "wrong-state" });
      const { state, steps } = await stored(reference);
      expect(state).toBe(results[0].ok ? "approved" : "declined");
      expect(steps).toHaveLength(2);
    }
    expect(await events()).toHaveLength(10);
  });

  it("ends up withdrawn if approved and withdrawn at once, or was never approved", async () => {
    for (let round = 0; round < 5; round++) {
      const reference = await exceptionAwaitingApproval(asker, `round ${round}`);
      const [approved, withdrawn] = await Promise.all([
        approve(manager, reference),
        withdrawException(asker, reference, "No need."),
      ]);
      expect(withdrawn).toEqual(OK);
      expect((await stored(reference)).state).toBe("withdrawn");
      if (!approved.ok) expect(approved.code).toBe("wrong-state");
      expect((await stored(reference)).steps).toHaveLength(approved.ok ? 3 : 2);
    }
    expect(await listGranted(asker, "nao")).toEqual([]);
  });

  it("is not decided if it has changed since the decider read it", async () => {
    const reference = await exceptionAwaitingApproval(asker, "first");
    const { revision, wantedUntil } = await stored(reference);
    await requestChanges(officer, reference, revision, "Shorter.", {});
    await saveWho(asker, reference, { scope: "person", teamId: null, groupId: null, wantedFrom: null, wantedUntil });
    await submitException(asker, reference);
    const movedOn = { ok: false, code: "moved-on" };
    const approval = { reason: "It helps.", conditions: [], until: wantedUntil };
    expect(await approveException(manager, reference, revision, approval)).toEqual(movedOn);
    expect(await declineException(manager, reference, Number.NaN, "No.")).toEqual(movedOn);
    expect(await approve(manager, reference)).toEqual(OK);
  });

  it("is never used again once revoked, even by concurrent requests", async () => {
    const reference = await exceptionAwaitingApproval(asker, "first");
    await approve(manager, reference);
    let isRevoked = false;
    const revoke = revokeException(officer, reference, "Stop.").then((result) => ((isRevoked = true), result));
    const use = async () => {
      let readsAfter = 0;
      while (readsAfter < 5) {
        const wasRevoked = isRevoked;
        const granted = await listGranted(asker, "nao");
        if (!wasRevoked) continue;
        expect(granted).toEqual([]);
        readsAfter++;
      }
    };
    const [result] = await Promise.all([revoke, use(), use(), use()]);
    expect(result).toEqual(OK);
  });

  it("leaves neither state nor evidence if writing the evidence fails", async () => {
    const reference = await exceptionAwaitingApproval(asker, "first");
    const before = [await stored(reference), await journal()];
    const { prisma } = database();
    await prisma.$executeRawUnsafe(
      `CREATE FUNCTION refuse() RETURNS trigger AS 'BEGIN RAISE EXCEPTION ''full''; END' LANGUAGE plpgsql`,
    );
    await prisma.$executeRawUnsafe(`CREATE TRIGGER refuse BEFORE INSERT ON "Evidence" EXECUTE FUNCTION refuse()`);
    try {
      await expect(approve(manager, reference)).rejects.toThrow("full");
      await expect(withdrawException(asker, reference, "No need.")).rejects.toThrow("full");
    } finally {
      await prisma.$executeRawUnsafe(`DROP TRIGGER refuse ON "Evidence"`);
      await prisma.$executeRawUnsafe(`DROP FUNCTION refuse()`);
    }
    expect([await stored(reference), await journal()]).toEqual(before);
    expect(await approve(manager, reference)).toEqual(OK);
  });

  it("has mitigations that their owners can mark as done, once", async () => {
    const owners = ["requester", "line-manager", "governance-officer", "policy-owner"] as const;
    const mitigations = owners.map((owner) => ({ text: `By the ${owner}.`, owner, dueOn: null }));
    const policyOwner = await addPerson(database(), "policy-owner", { roles: ["policy-owner"] });
    const reference = await exceptionAwaitingApproval(asker, "first", { ...MEDIUM_RISK, mitigations });
    const elsewhere = await addPerson(database(), "elsewhere", { body: "nottingham", roles: ["policy-owner"] });
    const [first, second, third, fourth] = (await stored(reference)).risks[0]?.mitigations.map(({ id }) => id) ?? [];
    const complete = (by: Actor, id = "") => completeExceptionMitigation(by, reference, id);
    expect(await complete(asker, first)).toEqual({ ok: false, code: "wrong-state" });
    expect(await getException(policyOwner, reference)).toBeNull();
    await approve(officer, reference);
    const notFound = { ok: false, code: "not-found" };
    for (const [by, id] of [
      [manager, first],
      [asker, second],
      [asker, third],
      [officer, fourth],
      [elsewhere, fourth],
    ] as const)
      expect(await complete(by, id)).toEqual(notFound);
    expect(await complete(asker, "nothing")).toEqual(notFound);
    expect(await getException(policyOwner, reference)).toMatchObject({ sees: "permission", ownMitigations: [fourth] });
    for (const [by, id] of [
      [asker, first],
      [manager, second],
      [officer, third],
      [policyOwner, fourth],
      [asker, first],
    ] as const)
      expect(await complete(by, id)).toEqual(OK);
    expect((await events()).filter((event) => event === "exception.mitigation-completed")).toHaveLength(4);
    expect(await getException(policyOwner, reference)).toBeNull();
  });
});
