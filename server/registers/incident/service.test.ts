import { beforeEach, describe, expect, it } from "vitest";
import { type Actor, ROLES } from "#domain/access/permission/permission.ts";
import { timeOfDay } from "#domain/base/calendar/calendar.ts";
import { FormValues } from "#domain/base/form/form-values.ts";
import type { IncidentKind } from "#domain/registers/incident/kind.ts";
import type { IncidentStepName } from "#domain/registers/incident/step.ts";
import { lockDeletions } from "#server/registers/hold/repository.ts";
import { serveRealContent } from "#server/testing/content.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { addAction, completeAction, noteReading, recordPart, closeCase } from "./case-service.ts";
import { listClosedCounts } from "./count-queries.ts";
import { incidentJob } from "./job.ts";
import { getIncident, getIncidents, getStep, listReportedByMe } from "./queries.ts";
import { answerStep, reportIncident } from "./service.ts";
import { listIncidentTasks, listIncidentTasksOf } from "./task-queries.ts";

const RELATIONS = ["reporter", "handler", "manager"] as const;
const BODY = "bromsgrove-redditch";

describeOnEachDatabase("an accident", (database) => {
  let reporter: Actor;
  let manager: Actor;
  let officer: Actor;
  let senior: Actor;
  beforeEach(async () => {
    await serveRealContent();
    manager = await addPerson(database(), "manager", { body: BODY, roles: ["line-manager"] });
    const team = await addTeam(database(), "team", { body: BODY, managerId: "manager" });
    reporter = await addPerson(database(), "reporter", { body: BODY, team });
    officer = await addPerson(database(), "officer", { body: BODY, roles: ["governance-officer"] });
    senior = await addPerson(database(), "senior", { body: BODY, roles: ["senior-information-risk-owner"] });
  });

  const form = (values: Record<string, string | string[]>) =>
    new FormValues(Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value].flat()])));
  const FIRST: Record<IncidentKind, Record<string, string | string[]>> = {
    shared: { data: ["health", "contact"] },
    offensive: { sender: "staff", about: "About religion, in the team chat." },
    misconduct: { about: "Somebody sells what they read." },
    scam: { harm: "opened", chat: "WhatsApp" },
    device: { device: "personal", locked: "yes" },
    added: { chat: "Residents of Elm Street", wish: "leave" },
  };
  async function report(
    actor = reporter,
    kind: IncidentKind = "shared",
    more: Record<string, string | string[]> = {},
    startKey = `key ${kind}`,
  ): Promise<string> {
    const sent = { kind, startKey, from: null, form: form({ ...FIRST[kind], ...more }) };
    const result = await reportIncident(actor, sent);
    if (result.code !== "reported") throw new Error(`Not reported: ${result.code}.`);
    return result.reference;
  }
  const answer = (reference: string, step: IncidentStepName, values: Record<string, string>) =>
    answerStep(reporter, reference, step, form(values));
  async function answerFacts(reference: string, hold = "none"): Promise<void> {
    const facts: [IncidentStepName, Record<string, string>][] = [
      ["where", { app: "whatsapp", chat: "Elm team" }],
      ["audience", { size: "few", reach: "outside" }],
      ["when", {}],
      ["hold", { hold }],
    ];
    for (const [step, values] of facts) expect((await answer(reference, step, values)).code, step).toBe("saved");
  }
  const notices = async () =>
    (await database().prisma.notice.findMany({ orderBy: [{ createdAt: "asc" }, { personId: "asc" }] })).map(
      ({ personId, kind }) => `${personId} ${kind}`,
    );
  const events = async () =>
    (await database().prisma.evidence.findMany({ orderBy: { position: "asc" } })).map(({ event }) => event);
  const place = (keep = "Everything.", target: object = { personId: "reporter" }) =>
    database().prisma.hold.create({
      data: {
        id: `hold ${keep}`,
        reference: `HLD-2222-22${keep.length}`,
        body: BODY,
        placedById: "officer",
        startKey: keep,
        reason: "foi",
        keep,
        placedAt: new Date(),
        targets: { create: [{ id: `target ${keep}`, ...target }] },
      },
    });

  describe("that is reported", () => {
    it("exists and is notified once its first step is saved, however often that is sent at once", async () => {
      const references = await Promise.all(Array.from({ length: 6 }, () => report()));
      expect(new Set(references).size).toBe(1);
      expect(await notices()).toEqual(["manager incident-reported", "officer incident-reported"]);
      expect(await events()).toEqual(["incident.reported"]);
      expect(await getIncident(reporter, references[0] ?? "")).toMatchObject({
        standing: "reporter",
        title: "Something shared by mistake",
      });
    });

    it("is refused without a kind of information, and nobody is notified", async () => {
      const sent = { kind: "shared" as const, startKey: "k", from: null, form: form({ data: "nonsense" }) };
      expect((await reportIncident(reporter, sent)).code).toBe("invalid");
      expect(await notices()).toEqual([]);
    });

    it("notifies somebody else if the reporter is the manager or the officer, has no manager, or the manager left", async () => {
      await report(manager);
      expect(await notices()).toEqual(["officer incident-reported"]);
      const own = await report(officer);
      expect((await notices()).slice(1)).toEqual(["senior incident-reported"]);
      expect(await getIncident(officer, own)).toMatchObject({ standing: "reporter", case: null });
      expect(await getIncident(senior, own)).toMatchObject({ standing: "handler" });
      await database().prisma.person.update({ where: { id: "manager" }, data: { status: "left" } });
      await report(reporter);
      expect((await notices()).slice(2)).toEqual(["officer incident-reported"]);
    });

    it("is withheld from the people it is about; the journal does not name the reporter", async () => {
      const about = await report(reporter, "misconduct", { notToTell: ["manager", "officer"] });
      expect(await notices()).toEqual(["senior incident-reported"]);
      for (const other of [manager, officer]) {
        expect(await getIncident(other, about)).toBeNull();
        for (const relation of RELATIONS) expect((await getIncidents(other, relation)).rows).toEqual([]);
        expect(await listIncidentTasks(other)).toEqual([]);
      }
      const rows = await database().prisma.evidence.findMany();
      expect(rows.map(({ actor }) => actor)).toEqual(["portal"]);
      expect(JSON.stringify(rows)).not.toContain("misconduct");
    });

    it("of each short kind notifies the right people", async () => {
      for (const kind of ["offensive", "scam", "device"] as const) await report(reporter, kind);
      expect(new Set(await notices())).toEqual(new Set(["manager incident-reported", "officer incident-reported"]));
      await database().prisma.mail.deleteMany();
      await database().prisma.notice.deleteMany();
      await report(reporter, "added");
      expect(await notices()).toEqual(["officer incident-reported"]);
    });

    it("is seen only by the people it concerns, whatever the role or body of others", async () => {
      const reference = await report();
      expect(await getIncident(manager, reference)).toMatchObject({ standing: "manager", case: null });
      expect(await getIncident(officer, reference)).toMatchObject({ standing: "handler" });
      const lists = await Promise.all(
        [reporter, officer, manager].flatMap((one) => RELATIONS.map((relation) => getIncidents(one, relation))),
      );
      expect(lists.map(({ rows }) => rows.length)).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
      for (const role of ROLES) {
        const there = await addPerson(database(), `there-${role}`, { body: "nottingham", roles: [role] });
        expect(await getIncident(there, reference), `${role} elsewhere`).toBeNull();
        if (role === "governance-officer") continue;
        const here = await addPerson(database(), `here-${role}`, { body: BODY, roles: [role] });
        expect(await getIncident(here, reference), role).toBeNull();
        for (const relation of RELATIONS) expect((await getIncidents(here, relation)).rows, role).toEqual([]);
        expect((await recordPart(here, reference, "lessons", 0, form({ lessons: "No." }))).code).toBe("not-found");
        expect((await answerStep(here, reference, "audience", form({ size: "one", reach: "inside" }))).code).toBe(
          "not-found",
        );
      }
    });

    it("carries the answers of a verdict, in words", async () => {
      const from = { policy: BODY, version: "0.2", situation: { audience: "colleague", nonsense: "x" } };
      const result = await reportIncident(reporter, { kind: "shared", startKey: "v", from, form: form(FIRST.shared) });
      const view = await getIncident(officer, result.code === "reported" ? result.reference : "");
      expect(view?.from?.rows).toEqual([{ term: "For", words: "A colleague" }]);
    });
  });

  describe("and its steps", () => {
    it("can be completed, and are a task until then", async () => {
      const reference = await report();
      expect(await listIncidentTasks(reporter)).toMatchObject([
        { kind: "finish-incident", href: `/incidents/${reference}` },
      ]);
      await answerFacts(reference);
      expect((await answer(reference, "message", { outcome: "not-possible" })).code).toBe("invalid");
      expect(await answer(reference, "message", { outcome: "not-possible", why: "I left." })).toMatchObject({
        next: "media",
      });
      expect(await answer(reference, "media", { outcome: "nothing" })).toMatchObject({ next: "backups" });
      expect(await answer(reference, "backups", { outcome: "done" })).toEqual({ code: "saved", next: null });
      expect(await listIncidentTasks(reporter)).toEqual([]);
      const rows = await database().prisma.evidence.findMany();
      expect(rows).toHaveLength(8);
      expect(JSON.stringify(rows)).not.toContain("I left.");
      expect(await database().prisma.evidenceDetail.count()).toBe(0);
      expect(await listReportedByMe(reporter)).toMatchObject([{ answers: { message: { why: "I left." } } }]);
    });

    it("set when the body became aware, until an officer corrects it", async () => {
      const reference = await report();
      const noon = { "noticed-day": "23", "noticed-month": "11", "noticed-year": "2025", "noticed-time": "noon" };
      await answer(reference, "when", noon);
      expect((await getIncident(officer, reference))?.clock).toMatchObject({
        awareAt: new Date("2025-11-23T12:00:00Z"),
      });
      await recordPart(officer, reference, "clock", 0, form({ personal: "yes", reason: "We knew then." }));
      await answer(reference, "when", {});
      expect((await getIncident(officer, reference))?.clock).toMatchObject({
        awareAt: new Date("2025-11-23T12:00:00Z"),
      });
    });

    it("allow no deletion before the hold question, under a hold, or in doubt; an officer can settle a doubt", async () => {
      const reference = await report();
      expect(await answer(reference, "message", { outcome: "done" })).toMatchObject({ code: "invalid" });
      await answerFacts(reference, "unsure");
      expect(await answer(reference, "message", { outcome: "done" })).toMatchObject({
        code: "invalid",
        problems: [{ field: "outcome" }],
      });
      for (const step of ["message", "media", "backups"] as const)
        expect((await answer(reference, step, { outcome: "kept" })).code).toBe("saved");
      expect(await listIncidentTasks(reporter)).toEqual([]);
      expect((await listIncidentTasks(officer)).map(({ kind }) => kind)).toContain("rule-on-incident");
      expect(
        (await recordPart(officer, reference, "ruling", 0, form({ ruling: "delete", reason: "No hold." }))).code,
      ).toBe("saved");
      expect(await notices()).toContain("reporter incident-ruling");
      expect(await listIncidentTasks(reporter)).toMatchObject([
        { reason: expect.stringContaining("3 steps are left") as unknown },
      ]);
      await place();
      expect(await answer(reference, "message", { outcome: "done" })).toMatchObject({ code: "invalid" });
      expect((await answer(reference, "message", { outcome: "already" })).code).toBe("saved");
    });

    it("wait for the officer if the policy says so", async () => {
      const example = { body: "example-borough" };
      const employee = await addPerson(database(), "employee", example);
      const other = await addPerson(database(), "other", { ...example, roles: ["governance-officer"] });
      const reference = await report(employee);
      const say = (step: IncidentStepName, values: Record<string, string>) =>
        answerStep(employee, reference, step, form(values));
      await say("hold", { hold: "none" });
      expect(await getIncident(employee, reference)).toMatchObject({ deletion: "waiting" });
      expect((await say("message", { outcome: "done" })).code).toBe("invalid");
      await recordPart(other, reference, "ruling", 0, form({ ruling: "delete", reason: "No hold." }));
      expect((await say("message", { outcome: "done" })).code).toBe("saved");
    });

    it("see a hold placed at the same moment: whichever comes second sees the first", async () => {
      const reference = await report();
      await answerFacts(reference);
      const { prisma } = database();
      let placed: () => void = () => undefined;
      const isLocked = new Promise<void>((resolve) => (placed = resolve));
      const placing = prisma.$transaction(async (tx) => {
        await lockDeletions(tx, BODY);
        placed();
        await tx.hold.create({
          data: {
            id: "h",
            reference: "HLD-2222-2223",
            body: BODY,
            placedById: "officer",
            startKey: "h",
            reason: "foi",
            keep: "All.",
            placedAt: new Date(),
            isOnSubject: true,
          },
        });
      });
      await isLocked;
      const [deleted] = await Promise.all([answer(reference, "message", { outcome: "done" }), placing]);
      expect(deleted).toMatchObject({ code: "invalid" });
    });

    it("stop at a hold on the group it happened in, even if the reporter has left it", async () => {
      await database().prisma.chatGroup.create({
        data: {
          id: "g",
          reference: "GRP-2222-2222",
          body: BODY,
          requesterId: "reporter",
          startKey: "g",
          state: "approved",
          name: "Elm team",
          purpose: "Cover",
          kind: "team",
          app: "WhatsApp",
          policy: BODY,
          version: "0.2",
          hash: "h",
          reviewOn: "2027-01-01",
          requestedAt: new Date(),
          decidedAt: new Date(),
          decidedById: "officer",
          members: { create: [{ id: "m", personId: "reporter", addedAt: new Date() }] },
        },
      });
      const reference = await report();
      expect((await getStep(reporter, reference, "where"))?.fields[0]).toMatchObject({ name: "group" });
      await answerFacts(reference);
      await answer(reference, "where", { app: "whatsapp", group: "Elm team, GRP-2222-2222" });
      await database().prisma.groupMember.update({ where: { id: "m" }, data: { removedAt: new Date() } });
      await place("Group.", { groupId: "g" });
      expect(await getIncident(reporter, reference)).toMatchObject({ deletion: "held" });
      expect(await answer(reference, "message", { outcome: "done" })).toMatchObject({ code: "invalid" });
    });

    it("leave out deletion if somebody else caused it", async () => {
      const reference = await report(reporter, "shared", { forOther: "yes" });
      expect((await getIncident(reporter, reference))?.open).toEqual(["where", "audience", "when"]);
      expect((await answer(reference, "message", { outcome: "done" })).code).toBe("not-found");
    });
  });

  describe("and its case", () => {
    const ASSESSMENT = {
      data: "Health.",
      people: "Two residents.",
      records: "2",
      likelihood: "low",
      severity: "medium",
      consequences: "Distress.",
      measures: "Deleted.",
    };
    const record = (
      reference: string,
      part: Parameters<typeof recordPart>[2],
      values: Record<string, string>,
      seen = 0,
      who = officer,
    ) => recordPart(who, reference, part, seen, form(values));
    const close = (reference: string, values: Record<string, string>, seen = 0, who = officer) =>
      closeCase(who, reference, seen, form(values));
    /** All that has to be recorded before it can be closed. */
    async function complete(reference: string, people: Record<string, string>): Promise<void> {
      await record(reference, "ruling", { ruling: "keep", reason: "It is proof." });
      await record(reference, "assessment", ASSESSMENT);
      await record(reference, "decision", { report: "no", reason: "Hardly a risk." });
      await record(reference, "people", people);
    }
    const DUE = { "due-day": "1", "due-month": "2", "due-year": "2099" };
    const add = (reference: string, seen: number, text: string, owner: string) =>
      addAction(officer, reference, seen, form({ text, owner, ...DUE }));
    const mail = (name: string) => `${name}@${BODY}.invalid`;

    it("is closed only once everything is recorded, is reopened with a reason, and keeps its history", async () => {
      const reference = await report();
      const end = { summary: "All is well." };
      expect((await close(reference, end)).code).toBe("invalid");
      await record(reference, "assessment", ASSESSMENT);
      expect((await record(reference, "decision", { report: "no" })).code).toBe("invalid");
      await record(reference, "decision", { report: "no", reason: "Hardly a risk." });
      await record(reference, "people", { told: "no", how: "Nothing to tell." });
      expect(await close(reference, end), "nobody said whether it may be deleted").toMatchObject({ code: "invalid" });
      await record(reference, "ruling", { ruling: "keep", reason: "It is proof." });
      expect((await close(reference, end)).code).toBe("saved");
      expect(await notices()).toContain("reporter incident-closed");
      expect((await answer(reference, "where", { app: "mail" })).code).toBe("closed");
      expect((await record(reference, "lessons", { lessons: "More." })).code).toBe("too-late");
      expect(await listClosedCounts(officer)).toMatchObject([{ kind: "shared", count: 1 }]);
      expect(await listClosedCounts(senior)).toBeNull();
      expect((await record(reference, "reopening", { reason: "" })).code).toBe("invalid");
      expect((await record(reference, "reopening", { reason: "New facts." })).code).toBe("saved");
      await record(reference, "decision", { report: "yes", reason: "It is a risk." }, 1);
      const parts = (await getIncident(officer, reference))?.case?.parts ?? [];
      expect(parts.find(({ part }) => part === "decision")?.history).toHaveLength(2);
      expect((await close(reference, end, 1)).code, "not reported yet").toBe("invalid");
      expect(JSON.stringify(await database().prisma.evidence.findMany())).not.toContain("Hardly a risk");
      expect(await events()).toEqual(expect.arrayContaining(["incident.closed", "incident.reopened"]));
    });

    it("loses nothing if two officers record at once: one wins, and the other is told", async () => {
      const reference = await report();
      const second = await addPerson(database(), "second", { body: BODY, roles: ["governance-officer"] });
      const results = await Promise.all([
        record(reference, "decision", { report: "yes", reason: "A" }),
        record(reference, "decision", { report: "no", reason: "B" }, 0, second),
        record(reference, "lessons", { lessons: "Care." }, 0, second),
      ]);
      expect(results.map(({ code }) => code).sort()).toEqual(["saved", "saved", "too-late"]);
      const same = await Promise.all([1, 2, 3].map(() => record(reference, "people", { told: "no", how: "None." })));
      expect(same.map(({ code }) => code)).toEqual(["saved", "saved", "saved"]);
      expect(await database().prisma.incidentEntry.count({ where: { part: "people" } })).toBe(1);
    });

    it("is not handled by the officer who reported it", async () => {
      const reference = await report(officer);
      expect((await record(reference, "decision", { report: "no", reason: "Mine." })).code).toBe("not-found");
      expect((await record(reference, "decision", { report: "no", reason: "No risk." }, 0, senior)).code).toBe("saved");
    });

    it("has actions with an owner and a due day, which are the owner's task until done", async () => {
      const reference = await report();
      const train = () => add(reference, 0, "Train the team.", "Person manager");
      expect((await Promise.all([train(), train()])).map(({ code }) => code)).toEqual(["saved", "saved"]);
      expect(await add(reference, 1, "x", "stranger")).toMatchObject({
        code: "invalid",
        problems: [{ field: "owner" }],
      });
      expect(await add(reference, 1, "x", "Person"), "several people").toMatchObject({ code: "invalid" });
      expect(await listIncidentTasks(manager)).toMatchObject([
        { kind: "look-at-incident" },
        { kind: "do-incident-action", due: "2099-02-01", remindBefore: [1] },
      ]);
      expect((await completeAction(reporter, reference, 1)).code).toBe("not-found");
      expect(
        (await Promise.all([1, 2].map(() => completeAction(manager, reference, 1)))).map(({ code }) => code),
      ).toEqual(["saved", "saved"]);
      expect((await events()).filter((event) => event === "incident.action-completed")).toHaveLength(1);
    });

    it("gives an action to anybody of the body, who sees that alone, but never to whom the report is kept from", async () => {
      const colleague = await addPerson(database(), "colleague", { body: BODY });
      const elsewhere = await addPerson(database(), "elsewhere", { body: "nottingham" });
      const reference = await report(reporter, "offensive", { notToTell: ["manager"] });
      expect((await add(reference, 0, "Talk to them.", elsewhere.email)).code).toBe("invalid");
      expect((await add(reference, 0, "Talk to them.", mail("manager"))).code).toBe("invalid");
      expect((await add(reference, 0, "Change the rota.", mail("colleague"))).code).toBe("saved");
      expect(await getIncident(elsewhere, reference)).toBeNull();
      const view = await getIncident(colleague, reference);
      expect(view).toMatchObject({ standing: "owner", actions: [{ text: "Change the rota." }], steps: [], case: null });
      expect(JSON.stringify(view)).not.toContain("About religion");
      const [task] = await listIncidentTasks(colleague);
      expect(task).toMatchObject({ kind: "do-incident-action", titleOutside: `Do an action after ${reference}` });
      expect(JSON.stringify(task)).not.toContain("Offensive");
      expect((await listIncidentTasksOf([colleague, reporter])).get("colleague")).toEqual([task]);
      await noteReading(colleague, reference, "opened");
      expect(await events()).not.toContain("incident.opened");
      expect((await completeAction(colleague, reference, 1)).code).toBe("saved");
      expect(await listIncidentTasks(colleague)).toEqual([]);
    });

    it("closes only once each open thing is handed over by name, and actions outlive it", async () => {
      const colleague = await addPerson(database(), "colleague", { body: BODY });
      const reference = await report();
      await answerFacts(reference);
      await add(reference, 0, "Train the team.", mail("manager"));
      await record(reference, "assessment", ASSESSMENT);
      await record(reference, "decision", { report: "no", reason: "Hardly a risk." });
      await record(reference, "people", { told: "later", how: "By letter." });
      const fields = (await getIncident(officer, reference))?.case?.closing;
      expect(fields?.fields.map(({ name }) => name)).toEqual(["summary", "action-1", "deletion", "people"]);
      expect(fields?.owners).toEqual({ "action-1": mail("manager"), deletion: mail("reporter"), people: "" });
      const end = { summary: "Done.", "action-1": mail("colleague"), deletion: mail("reporter") };
      expect(await close(reference, end)).toMatchObject({ code: "invalid", problems: [{ field: "people" }] });
      const twice = await Promise.all([1, 2].map(() => close(reference, { ...end, people: mail("officer") })));
      expect(twice.map(({ code }) => code)).toEqual(["saved", "saved"]);
      expect(await database().prisma.incidentAction.count()).toBe(3);
      expect((await events()).filter((event) => event.startsWith("incident.action-"))).toEqual([
        "incident.action-added",
        "incident.action-handed-over",
        "incident.action-added",
        "incident.action-added",
      ]);
      expect((await notices()).filter((one) => one.endsWith("incident-action"))).toEqual([
        "manager incident-action",
        "colleague incident-action",
        "reporter incident-action",
      ]);
      expect((await listIncidentTasks(manager)).map(({ kind }) => kind)).toEqual([]);
      for (const who of [colleague, reporter, officer])
        expect(
          (await listIncidentTasks(who)).map(({ kind }) => kind),
          who.personId,
        ).toEqual(["do-incident-action"]);
      expect((await getIncident(officer, reference))?.actions.map(({ owner }) => owner)).toEqual([
        "Person colleague",
        "Person reporter",
        "Person officer",
      ]);
      expect((await completeAction(reporter, reference, 2)).code).toBe("saved");
      expect(await listIncidentTasks(reporter)).toEqual([]);
      await database().prisma.person.update({ where: { id: "colleague" }, data: { status: "left" } });
      expect((await listIncidentTasks(officer)).map(({ title }) => title)).toContain("Train the team.");
    });

    it("is closed by one of two officers at once: the other is told, and each thing is handed over once", async () => {
      const second = await addPerson(database(), "second", { body: BODY, roles: ["governance-officer"] });
      const reference = await report();
      await complete(reference, { told: "later", how: "By letter." });
      const results = await Promise.all([
        close(reference, { summary: "A", people: mail("officer") }),
        close(reference, { summary: "B", people: mail("second") }, 0, second),
      ]);
      expect(results.map(({ code }) => code).sort()).toEqual(["saved", "too-late"]);
      expect(await database().prisma.incidentAction.count()).toBe(1);
      expect((await events()).filter((event) => event === "incident.closed")).toHaveLength(1);
    });

    it("is not closed by whom it does not concern, nor with an action that was added meanwhile", async () => {
      const reference = await report();
      await complete(reference, { told: "no", how: "Nothing to tell." });
      for (const who of [reporter, manager, senior])
        expect((await close(reference, { summary: "Mine." }, 0, who)).code, who.personId).toBe("not-found");
      await add(reference, 0, "Train the team.", mail("manager"));
      expect(await close(reference, { summary: "Done." })).toMatchObject({
        code: "invalid",
        problems: [{ field: "action-1" }],
      });
    });

    it("is opened with evidence, once for each person and day; the manager's task ends with it", async () => {
      const reference = await report();
      await Promise.all([1, 2, 3].map(() => noteReading(officer, reference, "opened")));
      await noteReading(manager, reference, "opened");
      await noteReading(reporter, reference, "opened");
      await noteReading(senior, reference, "opened");
      await noteReading(officer, reference, "exported");
      expect(await events()).toEqual(["incident.reported", "incident.opened", "incident.opened", "incident.exported"]);
      expect(await listIncidentTasks(manager)).toEqual([]);
      expect((await listIncidentTasks(officer)).map(({ kind }) => kind)).toEqual(["decide-incident"]);
    });
  });

  describe("and the clock", () => {
    const hour = 3_600_000;
    const sent = async (kind: string) =>
      (await database().prisma.notice.findMany({ where: { kind }, orderBy: { createdAt: "asc" } })).map(
        ({ subject }) => subject,
      );

    it("warns at 24, 12 and 3 hours, at the end, and each 12 hours after, once each, even with two servers", async () => {
      const reference = await report();
      await noteReading(officer, reference, "opened");
      const end = (await getIncident(officer, reference))?.clock?.deadline.getTime() ?? 0;
      await incidentJob.run(new Date(end - 25 * hour));
      expect(await sent("incident-clock")).toEqual([]);
      for (const left of [24, 23, 12, 3, 1, 0, -1, -12, -13, -49])
        await Promise.all([1, 2].map(() => incidentJob.run(new Date(end - left * hour))));
      expect(await sent("incident-clock")).toEqual([
        `${reference}: 24 hours left to report it`,
        `${reference}: 12 hours left to report it`,
        `${reference}: 3 hours left to report it`,
        ...[0, -12, -48].map(() => `${reference}: the 72 hours are over`),
      ]);
      const { prisma } = database();
      expect(await prisma.mail.count({ where: { personId: "officer" } })).toBeGreaterThanOrEqual(6);
      await recordPart(officer, reference, "decision", 0, form({ report: "no", reason: "No risk." }));
      await incidentJob.run(new Date(end + 100 * hour));
      expect(await sent("incident-clock")).toHaveLength(6);
    });

    it("is a task with its hour", async () => {
      const reference = await report();
      const dueAt = (await getIncident(officer, reference))?.clock?.deadline;
      expect((await listIncidentTasks(officer)).find(({ kind }) => kind === "decide-incident")).toMatchObject({
        dueAt,
      });
    });

    it("goes to the senior owner where nobody is left who handles the case", async () => {
      const reference = await report();
      await noteReading(officer, reference, "opened");
      await database().prisma.person.update({ where: { id: "officer" }, data: { status: "left" } });
      await Promise.all([1, 2].map(() => incidentJob.run(new Date(Date.now() + 50 * hour))));
      expect((await notices()).filter((one) => one.endsWith("clock"))).toEqual(["senior incident-clock"]);
      expect(await getIncident(senior, reference)).toMatchObject({ standing: "handler" });
    });

    it("is reset by the reporter, too, and never begins after the report", async () => {
      const reference = await report();
      await noteReading(officer, reference, "opened");
      await incidentJob.run(new Date(Date.now() + 50 * hour));
      const reported = (await getIncident(officer, reference))?.clock?.awareAt;
      await answer(reference, "when", {});
      expect((await getIncident(officer, reference))?.clock?.awareAt).toEqual(reported);
      await incidentJob.run(new Date(Date.now() + 50 * hour));
      expect(await sent("incident-clock"), "nothing changed").toHaveLength(1);
      const day = new Date(Date.now() - 48 * hour);
      const noticed = {
        "noticed-day": `${day.getUTCDate()}`,
        "noticed-month": `${day.getUTCMonth() + 1}`,
        "noticed-year": `${day.getUTCFullYear()}`,
        "noticed-time": "12:00",
      };
      expect((await answer(reference, "when", noticed)).code).toBe("saved");
      const end = (await getIncident(officer, reference))?.clock?.deadline.getTime() ?? 0;
      expect(end).toBeLessThan(Date.now() + 36 * hour);
      await incidentJob.run(new Date(end - 20 * hour));
      expect(await sent("incident-clock")).toHaveLength(2);
    });

    it("is silent once it is decided or closed, or if no personal data was disclosed", async () => {
      const [decided, none] = [await report(), await report(reporter, "shared", {}, "other")];
      await recordPart(officer, decided, "decision", 0, form({ report: "no", reason: "No." }));
      await recordPart(officer, none, "clock", 0, form({ personal: "no", reason: "Only business." }));
      await incidentJob.run(new Date(Date.now() + 71 * hour));
      expect(await sent("incident-clock")).toEqual([]);
    });

    it("goes on if it has to be reported, until that is recorded; telling the people concerned is a task until done", async () => {
      const reference = await report();
      await noteReading(officer, reference, "opened");
      const add = (part: Parameters<typeof recordPart>[2], values: Record<string, string>, seen = 0) =>
        recordPart(officer, reference, part, seen, form(values));
      await add("decision", { report: "yes", reason: "A risk." });
      expect((await listIncidentTasks(officer)).map(({ kind }) => kind)).toEqual(["report-incident"]);
      await incidentJob.run(new Date(Date.now() + 50 * hour));
      expect(await sent("incident-clock")).toHaveLength(1);
      expect((await add("people", { told: "later", how: "Tomorrow." })).code).toBe("saved");
      expect((await listIncidentTasks(officer)).map(({ kind }) => kind)).toEqual(["report-incident", "tell-people"]);
      const at = (time: string) => ({ "reported-time": time });
      const early = { "reported-day": "1", "reported-month": "1", "reported-year": "2026", "reported-time": "09:00" };
      expect(await add("regulator", { ...early, way: "online", authorityReference: "IC-1" })).toMatchObject({
        code: "invalid",
        problems: [{ field: "reported" }],
      });
      const reported = at(timeOfDay(new Date()));
      const saved = await add("regulator", { ...reported, way: "online", authorityReference: "IC-1" });
      expect(saved).toMatchObject({ code: "saved" });
      await incidentJob.run(new Date(Date.now() + 70 * hour));
      expect(await sent("incident-clock")).toHaveLength(1);
      await add("people", { told: "yes", how: "By letter." }, 1);
      expect(await listIncidentTasks(officer)).toEqual([]);
    });

    it("restarts if the deadline moves back, and says so once it has passed", async () => {
      const reference = await report();
      await noteReading(officer, reference, "opened");
      const earlier = new Date(Date.now() - 10 * hour);
      await database().prisma.incident.update({ where: { reference }, data: { awareAt: earlier } });
      await incidentJob.run(new Date(Date.now() + 80 * hour));
      expect(await sent("incident-clock")).toEqual([`${reference}: the 72 hours are over`]);
      await recordPart(officer, reference, "clock", 0, form({ personal: "yes", reason: "Known now." }));
      await incidentJob.run(new Date(Date.now() + 49 * hour));
      expect(await sent("incident-clock")).toHaveLength(2);
    });

    it("notifies the senior owner once if a single officer does not open a report within four office hours", async () => {
      const reference = await report();
      await database().prisma.incident.update({
        where: { reference },
        data: { reportedAt: new Date("2026-11-27T16:00:00Z") },
      });
      await incidentJob.run(new Date("2026-11-30T11:59:00Z"));
      expect(await getIncident(senior, reference)).toBeNull();
      await Promise.all([1, 2].map(() => incidentJob.run(new Date("2026-11-30T12:00:00Z"))));
      expect((await notices()).filter((one) => one.endsWith("unopened"))).toEqual([
        "officer incident-unopened",
        "senior incident-unopened",
      ]);
      expect(await getIncident(senior, reference)).toMatchObject({ standing: "handler" });
    });

    it("never notifies a senior owner whom the report is about", async () => {
      const team = await addTeam(database(), "senior's team", { body: BODY, managerId: senior.personId });
      const under = await addPerson(database(), "under", { body: BODY, team });
      const reference = await report(under, "misconduct", { notToTell: ["manager"] });
      await incidentJob.run(new Date(Date.now() + 14 * 24 * hour));
      expect((await notices()).filter((one) => one.endsWith("unopened"))).toEqual(["officer incident-unopened"]);
      expect(await getIncident(senior, reference)).toBeNull();
    });

    it("notifies the other officers if there are several, and nobody once it has been opened", async () => {
      await addPerson(database(), "second", { body: BODY, roles: ["governance-officer"] });
      const [unopened, opened] = [await report(), await report(reporter, "shared", {}, "other")];
      await noteReading(officer, opened, "opened");
      await incidentJob.run(new Date(Date.now() + 14 * 24 * hour));
      expect(await sent("incident-unopened")).toEqual([1, 2].map(() => `${unopened}: nobody has opened this report`));
      expect(await getIncident(senior, unopened)).toBeNull();
    });
  });
});
