import { beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { serveExceptionRules } from "#server/testing/content.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { completeDraft } from "#server/testing/exceptions.ts";
import { addApprovedGroup, type TestGroup } from "#server/testing/groups.ts";
import { addPerson } from "#server/testing/people.ts";
import { saveWho } from "./draft-service.ts";
import { getException, listExceptionTasks, listGranted, listGroupsToAskFor, listMyExceptions } from "./queries.ts";
import { leaveGroup } from "#server/registers/group/member-service.ts";
import { findException } from "./repository.ts";
import { approveException, declineException, submitException } from "./service.ts";

describeOnEachDatabase("an exception for a registered chat group", (database) => {
  let administrator: Actor;
  let member: Actor;
  let outside: Actor;
  let officer: Actor;
  let memberOfficer: Actor;
  let group: TestGroup;

  beforeEach(async () => {
    administrator = await addPerson(database(), "administrator");
    member = await addPerson(database(), "member");
    outside = await addPerson(database(), "outside");
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    memberOfficer = await addPerson(database(), "member-officer", { roles: ["governance-officer"] });
    const members = [member, memberOfficer];
    group = await addApprovedGroup(database(), { administrators: [administrator], members, approvedBy: officer });
  });
  const stored = async (reference: string) => {
    const found = await findException(database().prisma, "nao", reference);
    if (!found) throw new Error(`There is no ${reference}.`);
    return found;
  };
  const forGroup = async (actor: Actor, groupId: string) => {
    const reference = await completeDraft(actor, "key");
    const { wantedUntil } = await stored(reference);
    const who = { scope: "group", teamId: null, groupId, wantedFrom: null, wantedUntil } as const;
    return { reference, saved: await saveWho(actor, reference, who) };
  };
  const approved = async () => {
    const { reference } = await forGroup(administrator, group.id);
    expect(await submitException(administrator, reference)).toEqual({ ok: true });
    const { revision, wantedUntil } = await stored(reference);
    const approval = { reason: "Yes.", conditions: [], until: wantedUntil };
    expect(await approveException(memberOfficer, reference, revision, approval)).toEqual({
      ok: false,
      code: "covered",
    });
    expect(await approveException(officer, reference, revision, approval)).toEqual({ ok: true });
    return reference;
  };
  const coveredBy = async (actor: Actor) => (await listGranted({ ...actor }, "nao")).map(({ reference }) => reference);

  it("is asked for by whoever administers the group, and by nobody else", async () => {
    expect(await listGroupsToAskFor(administrator)).toMatchObject([{ id: group.id, name: "Duty rota" }]);
    expect(await listGroupsToAskFor(member)).toEqual([]);
    expect((await forGroup(administrator, group.id)).saved).toEqual({ ok: true });
    for (const [actor, id] of [
      [member, group.id],
      [administrator, "none"],
    ] as const)
      expect((await forGroup(actor, id)).saved).toMatchObject({ code: "refused", problems: [{ field: "scope" }] });
  });

  it("is for the policy to permit", async () => {
    await serveExceptionRules("nao", { for: { who: ["person", "team"], because: [] } });
    expect((await forGroup(administrator, group.id)).saved).toMatchObject({ problems: [{ field: "scope" }] });
    await serveExceptionRules("nao", {});
  });

  it("covers those who are in the group now, tells them, and says that it holds there only", async () => {
    const reference = await approved();
    for (const covered of [administrator, member, memberOfficer]) expect(await coveredBy(covered)).toEqual([reference]);
    expect(await coveredBy(outside)).toEqual([]);
    const [granted] = await listGranted({ ...member }, "nao");
    expect(granted?.conditions).toEqual(["Only in the chat group “Duty rota”."]);
    expect((await listMyExceptions(member)).coveringMe).toHaveLength(1);
    expect(await getException(member, reference)).toMatchObject({ sees: "permission" });
    expect(await getException(outside, reference)).toBeNull();
    const told = await database().prisma.notice.findMany({ where: { kind: "exception-covers-you" } });
    expect(told.map(({ personId }) => personId).sort()).toEqual(["member", "member-officer"]);
  });

  it("is not approved once the group is closed: it would cover nobody", async () => {
    const { reference } = await forGroup(administrator, group.id);
    expect(await submitException(administrator, reference)).toEqual({ ok: true });
    const closed = { state: "closed", closedAt: new Date(), closeReason: "Done." } as const;
    await database().prisma.chatGroup.update({ where: { id: group.id }, data: closed });
    const { revision, wantedUntil } = await stored(reference);
    expect(
      await approveException(officer, reference, revision, { reason: "Yes.", conditions: [], until: wantedUntil }),
    ).toMatchObject({
      code: "refused",
      problems: [{ field: "", message: expect.stringContaining("no longer exists") as string }],
    });
    expect(await declineException(officer, reference, revision, "The group is closed.")).toEqual({ ok: true });
  });

  it("covers nobody who left the group or took back their agreement, and nobody once it is closed", async () => {
    const reference = await approved();
    const { prisma } = database();
    const at = new Date();
    for (const gone of [
      { removedAt: at },
      { removalWantedAt: at, removalReason: "left" },
      { withdrawnAt: at },
      { consentedAt: null },
    ]) {
      const reset = { removedAt: null, removalWantedAt: null, removalReason: null, withdrawnAt: null, consentedAt: at };
      await prisma.groupMember.updateMany({ where: { personId: "member" }, data: { ...reset, ...gone } });
      expect(await coveredBy(member), JSON.stringify(gone)).toEqual([]);
      await prisma.groupMember.updateMany({ where: { personId: "member" }, data: reset });
      expect(await coveredBy(member)).toEqual([reference]);
    }
    await prisma.chatGroup.update({
      where: { id: group.id },
      data: { state: "closed", closedAt: at, closeReason: "Done." },
    });
    for (const actor of [administrator, member, memberOfficer]) expect(await coveredBy(actor)).toEqual([]);
  });

  it("goes to another administrator, else to the officers, once whoever holds it no longer administers the group", async () => {
    const { prisma } = database();
    const second = await addPerson(database(), "second");
    const at = new Date();
    const joined = { groupId: group.id, addedAt: at, consentedAt: at };
    await prisma.groupMember.create({ data: { id: "m2", personId: "second", role: "administrator", ...joined } });
    const reference = await approved();
    const takes = async (actor: Actor) =>
      (await listExceptionTasks(actor)).flatMap(({ kind, href }) => (kind === "take-over-exception" ? [href] : []));
    const told = async () =>
      (await prisma.notice.findMany({ where: { kind: "exception-handed-over" } })).map(({ personId }) => personId);
    expect([await takes(administrator), await takes(second), await takes(officer)]).toEqual([[], [], []]);
    expect(await leaveGroup(administrator, group.reference)).toMatchObject({ code: "done" });
    expect([await takes(second), await takes(officer)]).toEqual([[`/exceptions/${reference}`], []]);
    expect(await told()).toEqual(["second"]);
    expect((await prisma.evidence.findMany({ where: { event: "exception.handed-over" } })).length).toBe(1);
    expect(await leaveGroup(second, group.reference)).toMatchObject({ code: "done" });
    expect(await told(), "nobody is told twice of the same hand-over").toEqual(["second"]);
    expect([await takes(second), await takes(officer)]).toEqual([[], [`/exceptions/${reference}`]]);
    expect(await coveredBy(member)).toEqual([reference]);
  });
});
