import { tasksOfOne } from "#server/testing/tasks.ts";
import { beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { markLeft, markMoved, markReturned } from "#server/people/directory/service.ts";
import { serveRealContent } from "#server/testing/content.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addApprovedGroup } from "#server/testing/groups.ts";
import { addPerson } from "#server/testing/people.ts";
import { logAlert, logCall } from "./alert-service.ts";
import {
  giveConsent,
  leaveGroup,
  refuseConsent,
  reportNewDetails,
  setAway,
  withdrawGroupConsent,
  addMember,
  addOutsider,
  changeRole,
  confirmRemoval,
  keepMember,
  renewLink,
  takeOverDetails,
} from "./member-service.ts";
import { escalateRemovals } from "./job.ts";
import { answerInvitation, getInvitation } from "./join-service.ts";
import { listOwnApprovedGroups } from "./queries.ts";
import {
  changeEntry,
  closeGroup,
  confirmSettings,
  decideGroup,
  requestGroup,
  reviewContacts,
  reviewGroup,
  type SentGroup,
} from "./register-service.ts";
import { findChatGroup } from "./repository.ts";
import { listGroupTasksOf } from "./task-queries.ts";

const listGroupTasks = tasksOfOne(listGroupTasksOf);

const BODY = "example-borough";
const SETTINGS = { disappearDays: null, timerBy: "administrators", canExport: true, assistant: "off" };
const inDays = (days: number) => addDays(calendarDay(clock.now()), days);

describeOnEachDatabase("the group register", (database) => {
  let [requester, second, deputy, officer, member, stranger, admin]: Actor[] = [];
  const add = (id: string, roles: Actor["roles"] = ["employee"], body = BODY) =>
    addPerson(database(), id, { body, roles });
  const person = (one: Actor | undefined): Actor => {
    if (!one) throw new Error("Nobody is there.");
    return one;
  };
  beforeEach(async () => {
    await serveRealContent();
    requester = await add("requester");
    second = await add("second");
    deputy = await add("deputy");
    officer = await add("officer", ["governance-officer"]);
    member = await add("member");
    stranger = await add("stranger", ["governance-officer"], "nao");
    admin = await add("admin", ["administrator"]);
  });

  const entry = (more: Partial<SentGroup> = {}): SentGroup => ({
    startKey: "key-1",
    name: "Depot rota",
    purpose: "Who covers which shift.",
    kind: "team",
    app: "WhatsApp",
    hasLogo: false,
    disappearDays: null,
    timerBy: "administrators",
    canExport: true,
    assistant: "off",
    responsible: "Example Borough Council",
    agreement: "Sharing protocol 7",
    clearEveryDays: 7,
    keepYears: null,
    reviewOn: inDays(90),
    administrators: ["requester", "second"],
    deputy: "deputy",
    members: ["member"],
    partner: null,
    agrees: true,
    ...more,
  });
  const request = async (more: Partial<SentGroup> = {}, actor = person(requester)) => {
    const result = await requestGroup(actor, entry(more));
    if (result.code !== "requested") throw new Error(JSON.stringify(result));
    return result.reference;
  };
  const addApp = (name: string, state: "approved" | "refused") =>
    database().prisma.app.create({
      data: {
        id: name,
        body: BODY,
        slug: name.toLowerCase(),
        name,
        state,
        purpose: "Everyday.",
        whoMay: "All staff.",
        riskOwnerId: "officer",
        settings: [],
        reviewOn: inDays(100),
      },
    });
  /** As under a policy that asks for two administrators. */
  const needsTwo = () => database().prisma.chatGroup.updateMany({ data: { leastAdministrators: 2 } });
  const stored = async (reference: string) => {
    const group = await findChatGroup(database().prisma, BODY, reference);
    if (!group) throw new Error(`${reference} is not there.`);
    return group;
  };
  const decide = async (
    reference: string,
    decision: "approve" | "decline" | "send-back",
    reason = "",
    actor = person(officer),
  ) => decideGroup(actor, reference, { decision, reason, revision: (await stored(reference)).revision });
  const memberOf = async (reference: string, who: string) => {
    const found = (await stored(reference)).members.find(({ personId, name }) => personId === who || name === who);
    if (!found) throw new Error(`${who} is not in ${reference}.`);
    return found;
  };
  const events = async () =>
    (await database().prisma.evidence.findMany({ orderBy: { position: "asc" } })).map(({ event }) => event);
  const taskKinds = async (actor: Actor | undefined) => (await listGroupTasks(person(actor))).map(({ kind }) => kind);
  const approved = (more: Partial<Parameters<typeof addApprovedGroup>[1]> = {}) =>
    addApprovedGroup(database(), {
      administrators: [person(requester), person(second)],
      deputy: person(deputy),
      members: [person(member)],
      ...more,
    });

  it("registers a group once, however often its form is sent, and puts no names into the journal", async () => {
    const references = await Promise.all([request(), request(), request()]);
    expect(new Set(references).size).toBe(1);
    expect(await events()).toEqual(["group.requested", "group.member-consented"]);
    const rows = await database().prisma.evidence.findMany();
    expect(JSON.stringify(rows)).not.toContain("Depot");
    expect(await taskKinds(second)).toEqual(["consent-to-group"]);
    expect(await taskKinds(requester)).toEqual([]);
    expect(await taskKinds(officer)).toEqual(["decide-group"]);
  });

  it("refuses what its policy, its app and its settings do not allow, phone numbers and a past review", async () => {
    for (const [field, wrong] of [
      ["name", { name: "Ring 07700 900123" }],
      ["purpose", { purpose: "" }],
      ["purpose", { purpose: "Ring +44 7700 900 123" }],
      ["members", { members: [] }],
      ["app", { app: "Telegram" }],
      ["retentionCount", { clearEveryDays: 1 }],
      ["disappear", { disappearDays: 1 }],
      ["canExport", { canExport: null }],
      ["assistant", { assistant: "on" }],
      ["agreement", { kind: "partner", agreement: null }],
      ["deputy", { deputy: "second" }],
      ["reviewOn", { reviewOn: inDays(0) }],
      ["administrator1", { administrators: ["requester", "stranger"] }],
      ["partnerName", { kind: "emergency" }],
    ] as const) {
      const result = await requestGroup(person(requester), entry(wrong));
      expect(result, field).toMatchObject({
        code: "invalid",
        problems: expect.arrayContaining([expect.objectContaining({ field })]) as unknown,
      });
    }
    expect(await database().prisma.chatGroup.count()).toBe(0);
  });

  it("requires the logo if the policy does", async () => {
    const [one, two, three] = await Promise.all(
      ["c1", "c2", "c3"].map((id) => add(id, ["employee"], "cleveland-opcc")),
    );
    const who = {
      administrators: [person(one).personId, person(two).personId],
      deputy: person(three).personId,
      members: [],
    };
    const without = await requestGroup(person(one), entry({ ...who, hasLogo: false }));
    expect(without).toMatchObject({ code: "invalid", problems: [{ field: "logo" }] });
    expect(await requestGroup(person(one), entry({ ...who, hasLogo: true }))).toMatchObject({ code: "requested" });
  });

  it("is approved once two administrators have agreed, by an officer who did not request it", async () => {
    const reference = await request();
    await needsTwo();
    expect(JSON.stringify(await decide(reference, "approve"))).toContain("2 administrators who agree");
    await giveConsent(person(second), reference);
    expect((await decide(reference, "approve", "", person(stranger))).code).toBe("not-found");
    expect((await decide(reference, "approve", "", person(member))).code).toBe("not-found");
    expect(await listOwnApprovedGroups(person(requester))).toEqual([]);
    expect((await decide(reference, "approve")).code).toBe("done");
    expect(await listOwnApprovedGroups(person(requester))).toMatchObject([{ reference }]);
    expect(await listOwnApprovedGroups(person(deputy))).toEqual([]); // has not agreed
    expect((await decide(reference, "decline", "Late.")).code).toBe("refused");
    expect(await database().prisma.notice.findMany({ where: { personId: "requester" } })).toMatchObject([
      { kind: "group-decided" },
    ]);
  });

  it("is the senior owner’s to decide where the only officer asked for it, and the other officer’s where there is one", async () => {
    const senior = await add("senior", ["senior-information-risk-owner"]);
    const reference = await request({ administrators: ["officer"], agrees: true }, person(officer));
    expect(await taskKinds(senior)).toEqual(["decide-group"]);
    expect((await decide(reference, "approve")).code).toBe("not-found");
    expect((await decide(reference, "approve", "", senior)).code).toBe("done");
    const other = await add("other", ["governance-officer"]);
    const next = await request({ administrators: ["officer"], startKey: "two" }, person(officer));
    expect([await taskKinds(other), await taskKinds(senior)]).toEqual([["decide-group"], []]);
    expect((await decide(next, "approve", "", senior)).code).toBe("not-found");
    expect((await decide(next, "approve", "", other)).code).toBe("done");
  });

  it("asks for administrators, a deputy and members as its policy does", async () => {
    const [ann, bob] = await Promise.all(["ann", "bob"].map((id) => add(id, ["employee"], "bromsgrove-redditch")));
    const who = { administrators: ["ann"], deputy: null, members: [] };
    expect(await requestGroup(person(ann), entry(who))).toMatchObject({
      code: "invalid",
      problems: [{ field: "administrator2" }],
    });
    const two = { ...who, administrators: ["ann", person(bob).personId] };
    expect(await requestGroup(person(ann), entry(two))).toMatchObject({ code: "requested" });
    const reference = await request({ administrators: ["requester"] });
    expect((await stored(reference)).members.map(({ personId, role }) => `${personId} ${role}`).sort()).toEqual([
      "deputy deputy",
      "member member",
      "requester administrator",
    ]);
    expect((await decide(reference, "approve")).code).toBe("done");
  });

  it("is approved once an administrator has confirmed the settings of the chat", async () => {
    const reference = await request({ administrators: ["second"] });
    await giveConsent(person(second), reference);
    expect(JSON.stringify(await decide(reference, "approve"))).toContain("settings");
    expect(await taskKinds(second)).toContain("confirm-group-settings");
    expect((await confirmSettings(person(requester), reference, SETTINGS)).code).toBe("not-found");
    expect((await confirmSettings(person(second), reference, { ...SETTINGS, canExport: false })).code).toBe("done");
    expect((await stored(reference)).canExport).toBe(false);
    expect((await decide(reference, "approve")).code).toBe("done");
  });

  it("is decided on anew when it moves to another app, which has to be on the register", async () => {
    const { reference } = await approved();
    const move = async (app: string) => {
      const { revision } = await stored(reference);
      return changeEntry(person(second), reference, { ...entry(), app, revision, reason: "It is better." });
    };
    expect(await move("Signal")).toMatchObject({ code: "invalid", problems: [{ field: "app" }] });
    await addApp("Signal", "approved");
    expect((await move("Signal")).code).toBe("done");
    expect((await stored(reference)).state).toBe("requested");
    await database().prisma.app.updateMany({ data: { state: "ended" } });
    expect(JSON.stringify(await decide(reference, "approve"))).toContain("Signal");
  });

  it("is never approved by whoever requested it", async () => {
    const reference = await request({ administrators: ["officer", "second"] }, person(officer));
    await giveConsent(person(second), reference);
    expect((await decide(reference, "approve")).code).toBe("not-found");
    expect(await taskKinds(officer)).toEqual([]);
  });

  it("is sent back until it is complete, and can be declined with a reason", async () => {
    const reference = await request();
    await giveConsent(person(second), reference);
    expect(await decide(reference, "send-back", "")).toMatchObject({ code: "invalid" });
    expect((await decide(reference, "send-back", "Say for which depot.")).code).toBe("done");
    expect(await taskKinds(requester)).toEqual(["change-group"]);
    expect((await decide(reference, "approve")).code).toBe("refused");
    const { revision } = await stored(reference);
    const changed = { ...entry(), purpose: "Who covers which shift at the north depot.", revision, reason: "" };
    expect((await changeEntry(person(requester), reference, { ...changed, revision: revision - 1 })).code).toBe(
      "refused",
    );
    expect((await changeEntry(person(requester), reference, changed)).code).toBe("done");
    expect((await stored(reference)).state).toBe("requested");
    expect((await decide(reference, "decline", "Not needed.")).code).toBe("done");
    expect((await giveConsent(person(deputy), reference)).code).toBe("refused");
  });

  it("lets one of two win: an approval, or a consent withdrawn at the same time", async () => {
    for (let round = 0; round < 5; round++) {
      const reference = await request({ startKey: `race-${round}` });
      await giveConsent(person(second), reference);
      const [decision, withdrawal] = await Promise.all([
        decide(reference, "approve"),
        withdrawGroupConsent(person(second), reference),
      ]);
      expect(withdrawal.code).toBe("done");
      const { state } = await stored(reference);
      const told = await database().prisma.notice.count({
        where: { kind: "group-short-of-administrators", href: `/groups/${reference}` },
      });
      if (decision.code === "done")
        expect([state, told]).toEqual(["approved", 0]); // the deputy stepped up
      else {
        expect(decision.code).toBe("refused");
        expect([state, told]).toEqual(["requested", 0]);
      }
      const steps = await events();
      expect(steps.filter((event) => event === "group.approved").length).toBeLessThanOrEqual(round + 1);
    }
  });

  it("tells an officer who comes second which consent is missing", async () => {
    const reference = await request();
    await needsTwo();
    await giveConsent(person(second), reference);
    const { revision } = await stored(reference);
    await withdrawGroupConsent(person(second), reference);
    const result = await decideGroup(person(officer), reference, { decision: "approve", reason: "", revision });
    expect(result).toMatchObject({ code: "refused" });
    expect(JSON.stringify(result)).toContain("It has 1");
  });

  it("asks a member, lets them withdraw at any time, and has them taken out by one administrator", async () => {
    const { reference } = await approved({ members: [] });
    expect((await addMember(person(member), reference, "member")).code).toBe("not-found");
    expect((await addMember(person(second), reference, "member")).code).toBe("done");
    expect(await addMember(person(second), reference, "stranger")).toMatchObject({ code: "invalid" });
    expect(await taskKinds(member)).toEqual(["consent-to-group"]);
    await giveConsent(person(member), reference);
    expect(await listOwnApprovedGroups(person(member))).toMatchObject([{ reference }]);
    await withdrawGroupConsent(person(member), reference);
    expect(await listOwnApprovedGroups(person(member))).toEqual([]);
    expect(await taskKinds(requester)).toEqual(["remove-from-group"]);
    expect(await taskKinds(second)).toEqual(["remove-from-group"]);
    const { id } = await memberOf(reference, "member");
    const both = await Promise.all([requester, second].map((one) => confirmRemoval(person(one), reference, id)));
    expect(both.map(({ code }) => code)).toEqual(["done", "done"]);
    expect(await taskKinds(requester)).toEqual([]);
    expect((await events()).filter((event) => event === "group.member-removed")).toHaveLength(1);
    expect((await giveConsent(person(member), reference)).code).toBe("not-found");
    expect((await addMember(person(second), reference, "member")).code).toBe("done");
    expect((await memberOf(reference, "member")).consentedAt).toBeNull();
  });

  it("accepts a refusal, and a later consent", async () => {
    const { reference } = await approved({ members: [] });
    await addMember(person(second), reference, "member");
    expect((await refuseConsent(person(member), reference)).code).toBe("done");
    expect(await taskKinds(member)).toEqual([]);
    expect(await taskKinds(second)).toEqual([]);
    expect((await giveConsent(person(member), reference)).code).toBe("done");
    expect(await listOwnApprovedGroups(person(member))).toMatchObject([{ reference }]);
  });

  it("asks somebody outside by a link that works once, for fourteen days, and can be replaced", async () => {
    const { reference } = await approved({ kind: "partner" });
    const ask = (more = {}) =>
      addOutsider(person(second), reference, {
        name: "Pat Invented",
        organisation: "Riverside",
        role: "member",
        startKey: "k",
        ...more,
      });
    expect(await ask({ name: "Pat 07700 900123" })).toMatchObject({ code: "invalid" });
    const first = await ask();
    const again = await ask();
    if (first.code !== "done" || again.code !== "done") throw new Error("Not added.");
    expect(first.memberId).toBe(again.memberId);
    expect(await getInvitation(first.link)).toBeNull();
    expect(await getInvitation(again.link)).toMatchObject({ name: "Pat Invented", group: { name: "Duty rota" } });
    const rows = JSON.stringify(await database().prisma.groupMember.findMany());
    expect(rows).not.toContain(again.link);
    const renewed = await renewLink(person(requester), reference, again.memberId);
    if (renewed.code !== "done") throw new Error("Not renewed.");
    expect(await answerInvitation(again.link, "agree")).toBe(false);
    const both = await Promise.all([answerInvitation(renewed.link, "agree"), answerInvitation(renewed.link, "refuse")]);
    expect(both.filter(Boolean)).toHaveLength(1);
    expect(await getInvitation(renewed.link)).toBeNull();
    const late = await ask({ startKey: "late" });
    if (late.code !== "done") throw new Error("Not added.");
    await database().prisma.groupMember.update({
      where: { id: late.memberId },
      data: { joinExpiresAt: new Date(clock.now().getTime() - 1) },
    });
    expect(await getInvitation(late.link)).toBeNull();
    expect(await answerInvitation(late.link, "agree")).toBe(false);
    expect(await getInvitation("x".repeat(43))).toBeNull();
    const { reference: team } = await approved();
    expect(
      await addOutsider(person(second), team, { name: "A", organisation: "B", role: "member", startKey: "t" }),
    ).toMatchObject({ code: "refused" });
  });

  it("has a leaver taken out of every group, with the deputy stepping up and no session left", async () => {
    const { reference } = await approved();
    await database().prisma.session.create({
      data: { id: "s", token: "t", personId: "second", expiresAt: new Date(Date.now() + 1e6) },
    });
    expect((await markLeft(person(member), "second")).code).toBe("not-found");
    expect((await markLeft(person(admin), "stranger")).code).toBe("not-found");
    expect((await markLeft(person(admin), "admin")).code).toBe("refused");
    expect((await markLeft(person(admin), "second")).code).toBe("done");
    expect((await markLeft(person(admin), "second")).code).toBe("done");
    expect(await database().prisma.session.count()).toBe(0);
    expect((await memberOf(reference, "deputy")).role).toBe("administrator");
    expect(await taskKinds(requester)).toEqual(["remove-from-group"]);
    expect(await taskKinds(deputy)).toEqual(["remove-from-group"]);
    expect((await events()).filter((event) => event === "person.left")).toHaveLength(1);
    expect(await taskKinds(officer)).toEqual([]);
    await markLeft(person(admin), "deputy");
    expect(await taskKinds(officer)).toEqual(["appoint-group-administrator"]);
    expect(
      await database().prisma.notice.findMany({ where: { personId: "officer", kind: { startsWith: "group" } } }),
    ).toMatchObject([{ kind: "group-short-of-administrators" }]);
    await markReturned(person(admin), "deputy");
    expect((await memberOf(reference, "deputy")).removalWantedAt).toBeNull();
  });

  it("treats a first team as a move if an administrator says so", async () => {
    await approved();
    await database().prisma.team.create({ data: { id: "first", body: person(admin).body, name: "First" } });
    expect((await markMoved(person(admin), "member", "first")).code).toBe("done");
    expect(await taskKinds(requester)).toEqual(["remove-from-group"]);
    expect((await database().prisma.person.findUniqueOrThrow({ where: { id: "member" } })).teamId).toBe("first");
  });

  it("lets an administrator keep somebody who changed role, but not a leaver", async () => {
    const { reference } = await approved();
    await markMoved(person(admin), "member", null);
    const { id } = await memberOf(reference, "member");
    expect((await keepMember(person(requester), reference, id)).code).toBe("done");
    expect(await taskKinds(requester)).toEqual([]);
    await markLeft(person(admin), "member");
    expect((await keepMember(person(requester), reference, id)).code).toBe("refused");
  });

  it("notifies officers once of a removal that nobody confirms within three working days", async () => {
    const { reference } = await approved();
    await leaveGroup(person(member), reference);
    expect(await escalateRemovals.run(clock.now())).toBe("Nobody is late");
    const { id } = await memberOf(reference, "member");
    const removalWantedAt = new Date(clock.now().getTime() - 12 * 24 * 3600_000);
    await database().prisma.groupMember.update({ where: { id }, data: { removalWantedAt } });
    const runs = await Promise.all([escalateRemovals.run(clock.now()), escalateRemovals.run(clock.now())]);
    expect(runs.sort()).toEqual(["1 late", "Nobody is late"]);
    expect(await database().prisma.notice.count({ where: { kind: "group-removal-late" } })).toBe(1);
    expect(await taskKinds(officer)).toEqual(["remove-from-group"]);
    await confirmRemoval(person(requester), reference, id);
    expect(await taskKinds(officer)).toEqual([]);
  });

  it("gives the deputy the tasks while an administrator is away", async () => {
    const { reference } = await approved();
    await reportNewDetails(person(member), reference);
    expect(await taskKinds(deputy)).toEqual([]);
    expect((await setAway(person(member), reference, null)).code).toBe("not-found");
    expect(await setAway(person(second), reference, { from: inDays(2), until: inDays(1) })).toMatchObject({
      code: "invalid",
    });
    await setAway(person(second), reference, { from: inDays(0), until: inDays(3) });
    expect(await taskKinds(second)).toEqual([]);
    expect(await taskKinds(deputy)).toEqual(["update-group-details"]);
    await takeOverDetails(person(deputy), reference, (await memberOf(reference, "member")).id);
    expect(await taskKinds(deputy)).toEqual([]);
  });

  it("requires the partner's agreement and a number of years for an emergency group, and tells members of a new period", async () => {
    const partner = { name: "Pat Invented", organisation: "Riverside Resilience" };
    const reference = await request({ kind: "emergency", partner, clearEveryDays: null });
    await giveConsent(person(second), reference);
    expect(JSON.stringify(await decide(reference, "approve"))).toMatch(/years.*partner/s);
    const outside = await memberOf(reference, "Pat Invented");
    const link = await renewLink(person(requester), reference, outside.id);
    if (link.code !== "done") throw new Error("No link.");
    await answerInvitation(link.link, "agree");
    expect(JSON.stringify(await decide(reference, "approve"))).toMatch(/how many years/);
    const change = async (keepYears: number | null, reason: string) =>
      changeEntry(person(requester), reference, {
        ...entry({ clearEveryDays: null }),
        keepYears,
        reason,
        revision: (await stored(reference)).revision,
      });
    expect((await change(3, "")).code).toBe("done");
    expect((await decide(reference, "approve")).code).toBe("done");
    expect(await change(5, "")).toMatchObject({ code: "invalid", problems: [{ field: "reason" }] });
    expect(await change(null, "No more.")).toMatchObject({ code: "invalid", problems: [{ field: "retention" }] });
    await database().prisma.notice.deleteMany();
    expect((await change(5, "The inquiry act says so.")).code).toBe("done");
    const told = await database().prisma.notice.findMany();
    expect(told.map(({ personId, kind }) => `${personId} ${kind}`).sort()).toEqual([
      "deputy group-retention-changed",
      "member group-retention-changed",
      "second group-retention-changed",
    ]);
    expect((await events()).filter((event) => event === "group.retention-changed")).toHaveLength(2);
  });

  it("logs a first notification, and who was phoned", async () => {
    const { reference } = await approved({ kind: "emergency", keepYears: 3 });
    const sent = {
      startKey: "a",
      postedAt: clock.now(),
      postedBy: "Duty officer",
      message: "Flood alert, north bank.",
    };
    expect((await logAlert(person(member), reference, sent)).code).toBe("not-found");
    expect(await logAlert(person(second), reference, { ...sent, message: "Ring 07700 900123" })).toMatchObject({
      code: "invalid",
    });
    await Promise.all([logAlert(person(second), reference, sent), logAlert(person(second), reference, sent)]);
    const [alert, ...more] = await database().prisma.groupAlert.findMany({ include: { calls: true } });
    expect(more).toEqual([]);
    expect(alert?.calls).toHaveLength(4);
    expect(await taskKinds(requester)).toEqual(["phone-group-members"]);
    for (const { memberId } of alert?.calls ?? [])
      await logCall(person(requester), reference, { alertId: alert?.id ?? "", memberId, what: "confirmed" });
    expect(await taskKinds(requester)).toEqual([]);
    const calls = await database().prisma.groupAlertCall.findMany();
    expect(calls.every(({ phonedAt, confirmedAt }) => phonedAt && confirmedAt)).toBe(true);
  });

  it("is reviewed, changed and closed by its administrators, and keeps its messages under a hold", async () => {
    const { id, reference } = await approved({ reviewOn: inDays(5) });
    expect(await taskKinds(requester)).toEqual(["review-group"]);
    expect((await reviewGroup(person(member), reference, { kind: "day", day: inDays(100) }, SETTINGS)).code).toBe(
      "not-found",
    );
    expect((await reviewGroup(person(requester), reference, { kind: "day", day: inDays(100) }, SETTINGS)).code).toBe(
      "done",
    );
    expect(await taskKinds(requester)).toEqual([]);
    expect((await reviewContacts(person(requester), reference)).code).toBe("not-found");
    await database().prisma.hold.create({
      data: {
        id: "h",
        reference: "HLD-2222-2222",
        body: BODY,
        placedById: "officer",
        startKey: "h",
        reason: "foi",
        keep: "All of it.",
        placedAt: clock.now(),
        targets: { create: { id: "t", groupId: id } },
      },
    });
    expect(await closeGroup(person(requester), reference, "")).toMatchObject({ code: "invalid" });
    expect((await closeGroup(person(requester), reference, "Over.")).code).toBe("done");
    expect((await closeGroup(person(second), reference, "Over, too.")).code).toBe("refused");
    const told = await database().prisma.notice.findMany({ where: { kind: "group-closed" } });
    expect(told).toHaveLength(3);
    expect(told.every(({ paragraphs }) => paragraphs.join(" ").includes("Do not delete"))).toBe(true);
    expect(await listOwnApprovedGroups(person(member))).toEqual([]);
    expect(
      (await changeRole(person(requester), reference, (await memberOf(reference, "member")).id, "deputy")).code,
    ).toBe("refused");
  });

  it("goes to an officer again if its purpose changes", async () => {
    const { reference } = await approved();
    const { revision } = await stored(reference);
    const change = { ...entry(), purpose: "Something else.", revision, reason: "The work is another." };
    expect((await changeEntry(person(second), reference, change)).code).toBe("done");
    expect((await stored(reference)).state).toBe("requested");
    expect(await listOwnApprovedGroups(person(member))).toEqual([]);
    expect(await taskKinds(officer)).toEqual(["decide-group"]);
  });
});
