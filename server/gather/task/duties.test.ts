import { randomUUID } from "node:crypto";
import { beforeEach, expect, it } from "vitest";
import type { Actor, Role } from "#domain/access/permission/permission.ts";
import { FormValues } from "#domain/base/form/form-values.ts";
import { TASK_DUTIES, TASK_KINDS, type TaskKind } from "#domain/gather/task/task.ts";
import { isDutyRole } from "#domain/people/deputy/stand-in.ts";
import { findActor, findActors } from "#server/access/identity/queries.ts";
import { makeReference } from "#server/base/make-reference.ts";
import { changeRoles, markLeft } from "#server/people/directory/service.ts";
import { acknowledgePolicy } from "#server/policy/acknowledgement/service.ts";
import { decideGroup } from "#server/registers/group/register-service.ts";
import { getChatGroup } from "#server/registers/group/view-queries.ts";
import { reportIncident } from "#server/registers/incident/service.ts";
import { answerQuestion } from "#server/policy/question/service.ts";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addApprovedGroup } from "#server/testing/groups.ts";
import { addPerson, asSignedIn, leaveByProgram } from "#server/testing/people.ts";
import { listTasks, listTasksOf } from "./queries.ts";

const BODY = "nao";
const LONG_AGO = new Date("2026-01-05T12:00:00Z");
const VACANT_ROLES = ["policy-owner", "governance-officer", "senior-information-risk-owner"] as const;

/** Kinds whose tasks ask for nothing but the role, or that other tests make somebody's: there are files or exceptions to make them. */
const MADE_ELSEWHERE: readonly TaskKind[] = [
  "publish-version", // server/policy/proposal/service.test.ts
  ...(["correct-content", "review-policy", "policy-debt", "propose-campaign", "read-outside-rule"] as const),
  "start-campaign", // server/policy/campaign/service.test.ts
  "review-exception", // server/policy/exception/holder-service.test.ts
  ...(["report-incident", "tell-people", "rule-on-incident"] as const), // with decide-incident, of whoever handles the case
];

describeOnEachDatabase("duties of roles", (database) => {
  let asker: Actor;
  let administrator: Actor;
  let version: { version: string; hash: string };
  beforeEach(async () => {
    const [first] = await serveVersions(BODY, []);
    if (!first) throw new Error("There is no first version.");
    version = { version: first.version, hash: first.hash };
    asker = await addPerson(database(), "asker", { joinedAt: LONG_AGO });
    administrator = await addPerson(database(), "admin", { roles: ["employee", "administrator"] });
    for (const role of VACANT_ROLES) await addPerson(database(), role, { roles: ["employee", role] });
  });

  const addGroup = (requesterId: string, more: object = {}) => {
    const [id, reference] = [randomUUID(), makeReference("GRP")];
    const text = {
      name: `Group ${id}`,
      purpose: "Shifts.",
      kind: "team" as const,
      app: "WhatsApp",
      reviewOn: "2030-01-01",
    };
    const data = {
      id,
      reference,
      body: BODY,
      requesterId,
      startKey: id,
      ...text,
      policy: BODY,
      ...version,
      requestedAt: LONG_AGO,
      ...more,
    };
    return database().prisma.chatGroup.create({ data });
  };
  const addQuestion = async (personId: string) => {
    const [id, reference] = [randomUUID(), makeReference("ASK")];
    const head = { id, reference, body: BODY, personId, startKey: id, policy: BODY, ...version };
    await database().prisma.clauseQuestion.create({
      data: { ...head, clause: "", question: "Why?", askedAt: LONG_AGO },
    });
    return reference;
  };
  const addRecord = (more: object) => {
    const [id, reference] = [randomUUID(), makeReference("REC")];
    const text = {
      about: "It",
      saidOn: "2026-01-05",
      chat: "Chat",
      participants: "Two",
      content: "Yes",
      system: "File",
      systemReference: "1",
    };
    const data = { id, reference, body: BODY, personId: "asker", startKey: id, ...text, capturedAt: LONG_AGO, ...more };
    return database().prisma.capturedRecord.create({ data });
  };
  const report = async () => {
    const form = new FormValues({ data: ["health"] });
    const sent = { kind: "shared" as const, startKey: "key", from: null, form };
    expect(await reportIncident(asker, sent)).toMatchObject({ code: "reported" });
  };

  const addRequest = (kind: "foi" | "complaint") => {
    const [id, reference] = [randomUUID(), makeReference("REQ")];
    const text = { requester: "Somebody outside", asked: "What?", receivedOn: "2026-01-05" };
    const data = { id, reference, body: BODY, kind, enteredById: "asker", startKey: id, ...text, enteredAt: LONG_AGO };
    return database().prisma.informationRequest.create({ data });
  };

  /** Makes something of each kind wait for its role. */
  const MAKE: Partial<Record<TaskKind, () => Promise<unknown>>> = {
    "answer-question": () => addQuestion("asker"),
    "answer-decline": () =>
      acknowledgePolicy(asker, {
        slug: BODY,
        version: version.version,
        hash: version.hash,
        answer: "declined",
        reason: "Why?",
      }),
    "decide-group": () => addGroup("asker"),
    "appoint-group-administrator": () => addApprovedGroup(database(), { administrators: [asker], name: "One" }),
    "clear-down-missed": () =>
      addApprovedGroup(database(), { administrators: [asker], name: "Late", clearEveryDays: 7, at: LONG_AGO }),
    "dispose-record": () => addRecord({ keepUntil: "2026-02-01", className: "Short" }),
    "classify-record": () => addRecord({}),
    "open-incident": report,
    "decide-incident": async () => Promise.resolve(null), // the same report
    "answer-request": () => addRequest("foi"),
    "acknowledge-complaint": () => addRequest("complaint"),
    "review-hold": () =>
      database().prisma.hold.create({
        data: {
          id: "hold",
          reference: makeReference("HLD"),
          body: BODY,
          placedById: "asker",
          startKey: "hold",
          reason: "inquiry",
          keep: "All of it",
          placedAt: LONG_AGO,
          reviewOn: "2026-02-01",
        },
      }),
    "review-app": () =>
      database().prisma.app.create({
        data: {
          id: "app",
          body: BODY,
          slug: "signal",
          name: "Signal",
          state: "approved",
          purpose: "Talk",
          whoMay: "All",
          riskOwnerId: "asker",
          settings: [],
          reviewOn: "2026-02-01",
        },
      }),
    "review-continuity": () =>
      database().prisma.continuityActivity.create({
        data: {
          id: "act",
          reference: makeReference("CON"),
          body: BODY,
          current: BODY,
          startedById: "asker",
          startKey: "act",
          title: "Flood",
          reason: "Water",
          startedAt: LONG_AGO,
        },
      }),
  };

  const leaves = (personId: string) => leaveByProgram(BODY, personId);
  const has = async (ids: readonly string[]) => {
    const people = await findActors(ids);
    const tasksOf = await listTasksOf(people);
    for (const one of people)
      expect(await listTasks(await asSignedIn(database(), one)), `${one.personId}, signed in`).toEqual(tasksOf(one));
    return people.flatMap((one) => tasksOf(one).map(({ kind }) => `${one.personId} ${kind}`));
  };

  const actorOf = async (id: string) => {
    const actor = await findActor(id);
    if (!actor) throw new Error(`${id} is not there.`);
    return actor;
  };

  it("are in the walk below, every kind", () => {
    const ofRoles = TASK_KINDS.filter((kind) => {
      const duty = TASK_DUTIES[kind];
      return duty !== "own" && duty !== "named" && duty !== "administrator" && isDutyRole(duty);
    });
    expect([...Object.keys(MAKE), ...MADE_ELSEWHERE].sort()).toEqual([...ofRoles].sort());
  });

  const SUBSETS: Role[][] = [0, 1, 2, 3, 4, 5, 6, 7].map((bits) => VACANT_ROLES.filter((_, at) => bits & (1 << at)));
  it.each(SUBSETS.map((vacant) => [vacant.join(" and ") || "none", vacant] as const))(
    "are always somebody's, with vacant: %s",
    async (_name, vacant) => {
      for (const make of Object.values(MAKE)) await make();
      for (const role of vacant) await leaves(role);
      const found = await has(["asker", "admin", ...VACANT_ROLES]);
      const namesSomebody = found.includes("admin name-role-holder");
      const nobodys = Object.keys(MAKE).filter((kind) => !found.some((one) => one.endsWith(` ${kind}`)));
      expect(namesSomebody ? [] : nobodys).toEqual([]);
      // Only where the line has ended does anything wait for administrators alone.
      const hasLine = !vacant.includes("governance-officer") || !vacant.includes("senior-information-risk-owner");
      expect(hasLine ? nobodys : []).toEqual([]);
      expect(namesSomebody).toBe(vacant.some((role) => role !== "senior-information-risk-owner"));
    },
  );

  it("that only their one holder has are asked for whom, by an administrator", async () => {
    await report();
    const refused = await changeRoles(administrator, "governance-officer", []);
    expect(refused).toMatchObject({ code: "refused", field: "successor" });
    expect(refused).toHaveProperty("message", expect.stringContaining("1 open case"));
    expect(await markLeft(administrator, "governance-officer")).toMatchObject({ code: "refused", field: "successor" });
    for (const who of ["nobody", "governance-officer@nao.invalid", "admin@nao.invalid"])
      expect(await markLeft(administrator, "governance-officer", who)).toMatchObject({
        code: "refused",
        field: "successor",
      });
    expect(await markLeft(administrator, "governance-officer", "asker@nao.invalid")).toEqual({ code: "done" });
    const asked = await database().prisma.person.findUniqueOrThrow({ where: { id: "asker" } });
    expect(asked.roles).toEqual(["employee", "governance-officer"]);
    // Nothing is asked where nothing is open, or somebody else has the role.
    expect(await changeRoles(administrator, "senior-information-risk-owner", [])).toEqual({ code: "done" });
  });

  it("of whom two take the same over at once, one gets", async () => {
    const second = await addPerson(database(), "second", { roles: ["employee", "administrator"] });
    await report();
    const take = [
      markLeft(administrator, "governance-officer", "asker@nao.invalid"),
      markLeft(second, "governance-officer", "asker@nao.invalid"),
    ];
    expect(await Promise.all(take)).toEqual([{ code: "done" }, { code: "done" }]);
    const changed = await database().prisma.evidence.count({
      where: { event: "person.roles-changed", subject: "asker" },
    });
    expect(changed).toBe(1);
  });

  it("go up the line where they are about the only holder's own, and to administrators where it ends", async () => {
    const [officer, senior] = [await actorOf("governance-officer"), await actorOf("senior-information-risk-owner")];
    const { reference, revision } = await addGroup("governance-officer");
    const decision = { decision: "decline" as const, reason: "No.", revision };
    expect(await decideGroup(officer, reference, decision)).toEqual({ code: "not-found" });
    expect(await has(["governance-officer", "senior-information-risk-owner"])).toEqual(
      expect.arrayContaining(["senior-information-risk-owner decide-group"]),
    );
    expect((await getChatGroup(senior, reference))?.may.has("decline")).toBe(true);
    const another = await addGroup("asker");
    expect(await getChatGroup(senior, another.reference)).toBeNull();
    const asked = await addQuestion("policy-owner");
    expect(await has(["governance-officer"])).toContain("governance-officer answer-question");
    expect(await answerQuestion(senior, asked, "So.")).toEqual({ code: "not-found" });
    expect(await answerQuestion(officer, asked, "So.")).toEqual({ code: "done" });
    await leaves("senior-information-risk-owner");
    const naming = (await listTasks(administrator)).filter(({ kind }) => kind === "name-role-holder");
    expect(naming).toMatchObject([{ title: "Make somebody else governance officer as well" }]);
  });

  it("of two who decide on the only officer's group at once, one decides", async () => {
    await addPerson(database(), "two", { roles: ["employee", "senior-information-risk-owner"] });
    const [senior, two] = [await actorOf("senior-information-risk-owner"), await actorOf("two")];
    const { reference, revision } = await addGroup("governance-officer");
    const decision = { decision: "decline" as const, reason: "No.", revision };
    const results = await Promise.all([
      decideGroup(senior, reference, decision),
      decideGroup(two, reference, decision),
    ]);
    expect(results.filter(({ code }) => code === "done")).toHaveLength(1);
    expect(results.filter(({ code }) => code === "refused")).toHaveLength(1);
  });

  it("by name go to somebody else with the request for a group, or it is closed", async () => {
    const member = await addPerson(database(), "member");
    const withMember = await addGroup("asker", {
      sentBackAt: LONG_AGO,
      members: { create: [{ id: "m", personId: member.personId, addedAt: LONG_AGO }] },
    });
    const alone = await addGroup("asker", { sentBackAt: LONG_AGO });
    await leaves("asker");
    const after = (reference: string) => database().prisma.chatGroup.findUniqueOrThrow({ where: { reference } });
    expect(await after(withMember.reference)).toMatchObject({ requesterId: "member", state: "requested" });
    expect(await after(alone.reference)).toMatchObject({ requesterId: "asker", state: "closed" });
    expect((await listTasks(member)).map(({ kind }) => kind)).toContain("change-group");
    expect(await database().prisma.notice.count({ where: { personId: "member", kind: "duties-handed-over" } })).toBe(1);
  });
});
