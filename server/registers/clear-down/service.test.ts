import { tasksOfOne } from "#server/testing/tasks.ts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { SentClearDown } from "#domain/registers/clear-down/confirm.ts";
import { ledgerSentences } from "#domain/registers/clear-down/ledger.ts";
import { clock } from "#server/base/clock.ts";
import { endHold, placeHold, type SentHold } from "#server/registers/hold/service.ts";
import { serveBody, serveRealContent } from "#server/testing/content.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addGroupToClear } from "#server/testing/hold-groups.ts";
import { addPerson } from "#server/testing/people.ts";
import { callForMissedClearDowns } from "./job.ts";
import { getLedger, listRedactedLedgers } from "./ledger-queries.ts";
import { recordLedgerUse, confirmClearDown, recordNotCleared } from "./service.ts";
import { getClearDownRegister, getClearDowns, listOwnClearDowns } from "./queries.ts";
import { keepEarlierRule } from "./effects.ts";
import { listClearDownTasksOf } from "./task-queries.ts";

const listClearDownTasks = tasksOfOne(listClearDownTasksOf);

const BODY = "cleveland-opcc";
const APPROVED = new Date("2026-11-03T10:00:00Z"); // a Tuesday: due on the 10th, 17th, 24th …

const at = (moment: Date) => vi.spyOn(clock, "now").mockReturnValue(moment);

describeOnEachDatabase("clear-downs", (database) => {
  let ann: Actor;
  let bob: Actor;
  let deputy: Actor;
  let member: Actor;
  let officer: Actor;
  let auditor: Actor;
  let stranger: Actor;
  let group: { id: string; reference: string };
  const goTo = (moment: string) => at(new Date(moment));

  beforeEach(async () => {
    at(APPROVED);
    const person = (id: string, roles: Actor["roles"] = ["employee"]) =>
      addPerson(database(), id, { body: BODY, roles });
    [ann, bob, deputy, member] = [
      await person("ann"),
      await person("bob"),
      await person("deputy"),
      await person("member"),
    ];
    officer = await person("officer", ["governance-officer"]);
    auditor = await person("auditor", ["auditor"]);
    stranger = await addPerson(database(), "stranger", { body: "nao", roles: ["governance-officer"] });
    group = await add({ clearEveryDays: 7 });
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const add = (more: Partial<Parameters<typeof addGroupToClear>[1]>) =>
    addGroupToClear(database(), { administrators: [ann, bob], deputy, members: [member], at: APPROVED, ...more });
  const sent = (dueOn: string, more: Partial<SentClearDown> = {}): SentClearDown => ({
    dueOn,
    records: "nothing",
    recordsMovedTo: "",
    holdAnswer: "none",
    copies: "everybody",
    ...more,
  });
  const confirm = (actor: Actor, dueOn: string, more: Partial<SentClearDown> = {}) =>
    confirmClearDown(actor, group.reference, sent(dueOn, more));
  const hold = (more: Partial<SentHold> = {}): SentHold => ({
    startKey: "key",
    reason: "inquiry",
    occurredOn: null,
    keep: "All of it.",
    note: "",
    isOnSubject: false,
    groups: [group.reference],
    people: "",
    ...more,
  });
  const place = async (more: Partial<SentHold> = {}): Promise<string> => {
    const result = await placeHold(officer, hold(more));
    if (result.code !== "placed") throw new Error(JSON.stringify(result));
    return result.reference;
  };
  const tasks = async (actor: Actor) =>
    (await listClearDownTasks({ ...actor })).map(({ kind, due }) => `${kind} ${due}`);
  const events = async () =>
    (await database().prisma.evidence.findMany({ orderBy: { position: "asc" } })).map(({ event }) => event);
  const states = async (reader = officer) =>
    (await getLedger(reader, group.reference, { from: null, to: null }))?.entries.map(
      ({ state, period }) => `${period.dueOn} ${state}`,
    );

  it("stand in one register of all groups, for officers and auditors of the body", async () => {
    const rota = await add({ clearEveryDays: 7 });
    await database().prisma.chatGroup.update({ where: { id: rota.id }, data: { name: "Depot é" } });
    goTo("2026-11-11T09:00:00Z");
    expect(await confirm(ann, "2026-11-10")).toEqual({ code: "cleared" });
    goTo("2026-11-12T09:00:00Z");
    const own = sent("2026-11-10", { copies: "own" });
    expect(await confirmClearDown(bob, rota.reference, own)).toEqual({ code: "cleared" });
    const rows = async (asked = {}, reader = auditor) => {
      const register = getClearDownRegister(reader, asked);
      return (await register?.page(null))?.rows.map(({ reference, copies }) => `${reference} ${copies}`);
    };
    const [first, second] = [`${group.reference} everybody`, `${rota.reference} own`];
    expect(await rows({}, officer)).toEqual([second, first]);
    expect(await rows({ sort: "oldest" })).toEqual([first, second]);
    expect(await rows({ copies: "own" })).toEqual([second]);
    expect(await rows({ until: "2026-11-11" })).toEqual([first]);
    expect(await rows({ q: "depot E" })).toEqual([second]);
    expect(await rows({ q: group.reference.toLowerCase().replaceAll("-", " ") })).toEqual([first]);
    expect(await rows({}, stranger)).toEqual([]);
    expect(await rows({}, ann)).toBeUndefined();
  });

  it("are nobody's task before the first period ends, and the administrators' task from that day, London time", async () => {
    goTo("2026-11-09T23:59:00Z");
    expect(await tasks(ann)).toEqual([]);
    goTo("2026-11-10T00:00:00Z");
    expect([await tasks(ann), await tasks(bob)]).toEqual([["clear-down 2026-11-10"], ["clear-down 2026-11-10"]]);
    for (const actor of [deputy, member, officer, auditor, stranger]) expect(await tasks(actor)).toEqual([]);
    const summer = await add({ clearEveryDays: 7, at: new Date("2026-05-31T23:30:00Z") }); // 1 June in London
    await database().prisma.chatGroup.update({
      where: { id: group.id },
      data: { state: "closed", closedAt: APPROVED, closeReason: "Over." },
    });
    goTo("2026-06-07T22:59:00Z");
    expect(await tasks(ann)).toEqual([]);
    goTo("2026-06-07T23:00:00Z");
    expect(await tasks(ann)).toEqual(["clear-down 2026-06-08"]);
    await database().prisma.chatGroup.update({
      where: { id: summer.id },
      data: { state: "closed", closedAt: APPROVED, closeReason: "Over." },
    });
    expect(await tasks(ann)).toEqual([]);
  });

  it("are confirmed by one of two administrators at once; the other sees who did", async () => {
    goTo("2026-11-10T09:00:00Z");
    for (let round = 0; round < 3; round++) {
      const dueOn = `2026-11-${10 + 7 * round}`;
      goTo(`${dueOn}T09:00:00Z`);
      const results = await Promise.all([
        confirm(ann, dueOn, { records: "moved", recordsMovedTo: "Case 12" }),
        confirm(bob, dueOn),
        confirm(bob, dueOn),
      ]);
      const codes = results.map(({ code }) => code);
      expect(codes.filter((code) => code === "too-late").length).toBeGreaterThan(0);
      const winner = results[0].code === "cleared" ? "Person ann" : "Person bob";
      for (const result of results) if (result.code === "too-late") expect(result.by).toBe(winner);
      expect(await database().prisma.clearDown.count()).toBe(round + 1);
    }
    expect(await events()).toEqual(Array.from({ length: 3 }, () => "clear-down.confirmed"));
    expect(await tasks(ann)).toEqual([]);
    expect(await states()).toEqual(["2026-11-10 cleared", "2026-11-17 cleared", "2026-11-24 cleared"]);
    expect((await getClearDowns(ann, group.reference))?.nextDue).toBe("2026-12-01");
  });

  it("include periods that were missed, as the ledger shows", async () => {
    goTo("2026-11-24T09:00:00Z");
    expect((await getClearDowns(ann, group.reference))?.open.map(({ dueOn }) => dueOn)).toEqual([
      "2026-11-10",
      "2026-11-17",
      "2026-11-24",
    ]);
    expect((await confirm(ann, "2026-11-24", { records: "moved", recordsMovedTo: "Case 12" })).code).toBe("cleared");
    expect(await states()).toEqual(["2026-11-10 late", "2026-11-17 late", "2026-11-24 cleared"]);
    expect((await confirm(bob, "2026-11-17")).code).toBe("too-late");
    expect(await tasks(bob)).toEqual([]);
    expect(await listOwnClearDowns(ann)).toMatchObject([{ dueOn: "2026-11-24", recordsMovedTo: "Case 12" }]);
  });

  it("are refused for periods that are not due, and without answers", async () => {
    goTo("2026-11-10T09:00:00Z");
    for (const dueOn of ["2026-11-17", "2026-11-11", "", "nonsense", "9999-99-99"])
      expect([dueOn, (await confirm(ann, dueOn)).code]).toEqual([dueOn, "too-late"]);
    expect((await confirm(ann, "2026-11-10", { holdAnswer: null })).code).toBe("invalid");
    expect((await confirm(ann, "2026-11-10", { records: "moved" })).code).toBe("invalid");
    expect(await database().prisma.clearDown.count()).toBe(0);
  });

  it("are visible to people in the group and those who oversee it, and confirmed by administrators and deputies", async () => {
    goTo("2026-11-10T09:00:00Z");
    for (const actor of [ann, deputy, member, officer, auditor])
      expect(await getClearDowns(actor, group.reference), actor.name).not.toBeNull();
    const colleague = await addPerson(database(), "colleague", { body: BODY });
    for (const actor of [colleague, stranger]) {
      expect(await getClearDowns(actor, group.reference)).toBeNull();
      expect(await getLedger(actor, group.reference, { from: null, to: null })).toBeNull();
    }
    for (const actor of [member, officer, auditor, colleague, stranger]) {
      expect((await confirm(actor, "2026-11-10")).code).toBe("not-found");
      expect((await recordNotCleared(actor, group.reference, "2026-11-10")).code).toBe("not-found");
    }
    expect(await getLedger(member, group.reference, { from: null, to: null })).toBeNull();
    await database().prisma.groupMember.updateMany({ where: { personId: "bob" }, data: { removedAt: clock.now() } });
    expect((await confirm(bob, "2026-11-10")).code).toBe("not-found");
    expect((await confirm(deputy, "2026-11-10")).code).toBe("cleared");
  });

  describe("under a hold", () => {
    it("are not done: that is recorded with one press, and they are due again when the hold ends", async () => {
      const reference = await place();
      goTo("2026-11-10T09:00:00Z");
      expect((await listClearDownTasks({ ...ann }))[0]?.title).toMatch(/^Do not delete anything/);
      expect(await confirm(ann, "2026-11-10")).toMatchObject({ code: "held", holds: [{ reference }] });
      expect(await database().prisma.clearDown.count()).toBe(0);
      expect((await recordNotCleared(bob, group.reference, "2026-11-10")).code).toBe("held");
      expect(await events()).toEqual(["hold.placed", "clear-down.stopped"]);
      expect([await tasks(ann), await tasks(bob)]).toEqual([[], []]);
      expect(await states()).toEqual(["2026-11-10 held"]);
      goTo("2026-11-13T09:00:00Z");
      expect([await tasks(deputy), await tasks(officer)]).toEqual([[], []]);
      expect(await callForMissedClearDowns.run(clock.now())).toBe("0 calls");
      await endHold(officer, reference, "Answered.");
      expect(await tasks(ann)).toEqual(["clear-down 2026-11-13"]);
      expect((await recordNotCleared(ann, group.reference, "2026-11-10")).code).toBe("too-late");
      expect((await confirm(ann, "2026-11-10")).code).toBe("cleared");
      expect(await states()).toEqual(["2026-11-10 after-hold"]);
      const entry = (await getLedger(ann, group.reference, { from: null, to: null }))?.entries[0];
      const words = entry && ledgerSentences(entry, "administrator").join(" ");
      expect(words).toContain(`the hold ${reference} stood from 3 November 2026 to 13 November 2026.`);
      expect(words).toMatch(
        /13 November 2026 Person ann confirmed that every member’s copy is cleared|The copy of Person ann alone was cleared on 13 November 2026/,
      );
    });

    it("on a member or on a subject prevents them too; one on another group does not", async () => {
      goTo("2026-11-10T09:00:00Z");
      const other = await add({ name: "Other" });
      const onOther = await place({ startKey: "a", groups: [other.reference] });
      expect((await confirm(ann, "2026-11-10")).code).toBe("cleared");
      goTo("2026-11-17T09:00:00Z");
      const onMember = await place({ startKey: "b", groups: [], people: "Person member" });
      expect(await confirm(ann, "2026-11-17")).toMatchObject({ code: "held", holds: [{ reference: onMember }] });
      await endHold(officer, onMember, "Over.");
      const onSubject = await place({ startKey: "c", groups: [], isOnSubject: true });
      expect(await confirm(ann, "2026-11-17")).toMatchObject({ code: "held", holds: [{ reference: onSubject }] });
      expect(onOther).not.toBe(onSubject);
    });

    it("are never recorded as done after the hold was placed", async () => {
      for (let round = 0; round < 6; round++) {
        await database().prisma.clearDown.deleteMany();
        goTo("2026-11-10T09:00:00Z");
        const confirmed = () => confirm(ann, "2026-11-10");
        const placed = () => place({ startKey: `round-${round}` });
        const first = round % 2 ? confirmed() : null; // each goes first in alternate rounds
        const placing = placed();
        const [result, reference] = await Promise.all([first ?? confirmed(), placing]);
        const rows = await database().prisma.evidence.findMany({ orderBy: { position: "asc" } });
        const placedAt = rows.find(({ subject, event }) => event === "hold.placed" && subject === reference)?.position;
        const cleared = rows.filter(({ event }) => event === "clear-down.confirmed").at(-1)?.position ?? 0;
        const isDone = (await database().prisma.clearDown.count()) === 1;
        expect(["cleared", "held"]).toContain(result.code);
        expect(isDone).toBe(result.code === "cleared");
        if (isDone) expect(cleared).toBeLessThan(placedAt ?? 0);
        await endHold(officer, reference, "Over.");
      }
    });
  });

  it("stop if somebody knows of a request or is in doubt; officers are notified once, and nothing counts as deleted", async () => {
    goTo("2026-11-10T09:00:00Z");
    await Promise.all([
      confirm(ann, "2026-11-10", { holdAnswer: "known" }),
      confirm(bob, "2026-11-10", { holdAnswer: "known" }),
    ]);
    expect((await confirm(ann, "2026-11-10", { holdAnswer: "unsure", records: null })).code).toBe("stopped");
    expect(await database().prisma.clearDown.count()).toBe(0);
    const notices = await database().prisma.notice.findMany();
    expect(notices.map(({ personId, kind }) => `${personId} ${kind}`)).toEqual(Array(2).fill("officer hold-doubt"));
    expect(await events()).toEqual(["clear-down.stopped", "clear-down.stopped"]);
    expect((await getClearDowns(bob, group.reference))?.doubt).toBe("known");
    expect((await confirm(ann, "2026-11-10")).code).toBe("cleared");
  });

  it("wait for the deputy over a closure day of the body", async () => {
    await serveBody(BODY, { closureDays: [{ firstDay: "2026-11-11", lastDay: "2026-11-11" }] });
    goTo("2026-11-11T07:20:00Z");
    expect(await tasks(deputy)).toEqual([]);
    expect(await callForMissedClearDowns.run(clock.now())).toBe("0 calls");
    goTo("2026-11-12T07:20:00Z");
    expect(await tasks(deputy)).toEqual(["clear-down 2026-11-10"]);
    expect(await callForMissedClearDowns.run(clock.now())).toBe("1 call");
    await serveRealContent();
  });

  it("notify the deputy after one working day and officers after three, once each, and stop when it is done", async () => {
    const run = () => callForMissedClearDowns.run(clock.now());
    const called = async () =>
      (await database().prisma.notice.findMany({ orderBy: { createdAt: "asc" } })).map(({ personId }) => personId);
    goTo("2026-11-10T07:20:00Z");
    expect(await run()).toBe("0 calls");
    goTo("2026-11-11T07:20:00Z");
    expect([await tasks(deputy), await tasks(officer)]).toEqual([["clear-down 2026-11-10"], []]);
    await Promise.all([run(), run()]);
    await run();
    expect(await called()).toEqual(["deputy"]);
    goTo("2026-11-13T07:20:00Z");
    expect(await tasks(officer)).toEqual(["clear-down-missed 2026-11-10"]);
    await Promise.all([run(), run()]);
    expect(await called()).toEqual(["deputy", "officer"]);
    expect(await events()).toEqual(["clear-down.escalated", "clear-down.escalated"]);
    expect((await getClearDowns(ann, group.reference))?.calls).toBe("governance-officer");
    await confirm(ann, "2026-11-10");
    expect([await tasks(deputy), await tasks(officer), await tasks(ann)]).toEqual([[], [], []]);
    goTo("2026-11-16T07:20:00Z");
    await run();
    expect(await called()).toHaveLength(2);
  });

  it("are each sender's own task if the policy says so", async () => {
    const body = "bromsgrove-redditch";
    const at = new Date("2025-11-10T10:00:00Z");
    const [one, two] = [await addPerson(database(), "one", { body }), await addPerson(database(), "two", { body })];
    const chief = await addPerson(database(), "chief", { body, roles: ["governance-officer"] });
    const emergency = await addGroupToClear(database(), {
      administrators: [one],
      members: [two],
      kind: "emergency",
      keepYears: 1,
      at,
      policy: body,
    });
    goTo("2026-11-09T12:00:00Z");
    expect(await tasks(two)).toEqual([]);
    goTo("2026-11-10T12:00:00Z");
    expect([await tasks(one), await tasks(two)]).toEqual([["clear-down 2026-11-10"], ["clear-down 2026-11-10"]]);
    const press = (actor: Actor) => confirmClearDown(actor, emergency.reference, sent("2026-11-10"));
    expect((await press(two)).code).toBe("cleared");
    expect([await tasks(one), await tasks(two)]).toEqual([["clear-down 2026-11-10"], []]);
    expect(await getClearDowns(one, emergency.reference)).toMatchObject({ by: "sender", waiting: ["Person one"] });
    expect(await getClearDowns(two, emergency.reference)).toMatchObject({ waiting: null, mayConfirm: true, open: [] });
    const read = async () => (await getLedger(chief, emergency.reference, { from: null, to: null }))?.entries[0];
    expect(await read()).toMatchObject({ state: "due", open: 1, clearings: [{ by: "Person two" }] });
    expect((await press(one)).code).toBe("cleared");
    expect(await read()).toMatchObject({ state: "cleared", open: 0 });
  });

  it("keep the old rule on record when it is changed", async () => {
    const { prisma } = database();
    goTo("2026-11-18T09:00:00Z");
    await prisma.$transaction((tx) =>
      keepEarlierRule(tx, group.id, { clearEveryDays: 7, keepYears: null }, clock.now()),
    );
    await prisma.chatGroup.update({ where: { id: group.id }, data: { clearEveryDays: 14 } });
    goTo("2026-12-02T09:00:00Z");
    const entries = (await getLedger(auditor, group.reference, { from: null, to: null }))?.entries ?? [];
    expect(entries.map(({ period: { dueOn, rule } }) => `${dueOn} ${rule.clearEveryDays}`)).toEqual([
      "2026-11-10 7",
      "2026-11-17 7",
      "2026-12-02 14",
    ]);
  });

  describe("the ledger", () => {
    it("covers a period, for officers, auditors and administrators of the group; reading it is recorded", async () => {
      goTo("2026-11-24T09:00:00Z");
      const read = (actor: Actor, from: string | null, to: string | null) =>
        getLedger(actor, group.reference, { from, to });
      expect((await read(auditor, "2026-11-11", "2026-11-17"))?.entries.map(({ period }) => period.dueOn)).toEqual([
        "2026-11-17",
      ]);
      const [ofOfficer, ofAnn] = [await read(officer, null, null), await read(ann, null, null)];
      if (!ofOfficer || !ofAnn) throw new Error("There is no ledger.");
      await recordLedgerUse(officer, ofOfficer, "read");
      await recordLedgerUse(ann, ofAnn, "read");
      await recordLedgerUse(ann, ofAnn, "exported");
      const rows = await database().prisma.evidence.findMany({ orderBy: { position: "asc" } });
      expect(rows.map(({ event, actor, subject }) => [event, actor, subject])).toEqual([
        ["disposal-ledger.read", "officer", group.reference],
        ["disposal-ledger.exported", "ann", group.reference],
      ]);
    });

    it("names nobody in a pack, and shows the state at the end of the day", async () => {
      goTo("2026-11-10T09:00:00Z");
      const reference = await place({ people: "Person bob" });
      await confirm(ann, "2026-11-10", { holdAnswer: "unsure" });
      goTo("2026-11-12T09:00:00Z");
      await endHold(officer, reference, "Over.");
      await confirm(ann, "2026-11-10", { records: "moved", recordsMovedTo: "Case Hemlock" });
      const view = await getClearDowns(ann, group.reference);
      if (!view) throw new Error("There is no group.");
      const on = async (day: string) => {
        const ledgers = await listRedactedLedgers(view.body, BODY, day);
        const text = JSON.stringify(ledgers);
        expect(text).not.toMatch(/Person|Hemlock|HLD-|GRP-|Duty rota|ann|bob/);
        return ledgers.map(({ entries }) => entries.map(({ state }) => state));
      };
      expect(await on("2026-11-02")).toEqual([]);
      expect(await on("2026-11-03")).toEqual([[]]);
      expect(await on("2026-11-11")).toEqual([["held"]]);
      expect(await on("2026-11-12")).toEqual([["after-hold"]]);
    });
  });
});
