import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type Actor, ROLES } from "#domain/access/permission/permission.ts";
import { addDays, addWorkingDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { getOwnStanding } from "#server/policy/acknowledgement/queries.ts";
import { endExemption, exemptFromAnswering, handToManagers } from "#server/policy/acknowledgement/follow-up-service.ts";
import { listHandedOverTasks } from "#server/policy/acknowledgement/task-queries.ts";
import { acknowledgePolicy } from "#server/policy/acknowledgement/service.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { listCampaignTerms } from "./queries.ts";
import {
  changeCampaign,
  createCampaign,
  noteNotNeeded,
  startCampaign,
  stopCampaign,
  type CampaignGiven,
} from "./service.ts";
import { getCampaign, getCampaigns, getNewCampaign, listCampaignTasks } from "./view-queries.ts";

const EVERYBODY: CampaignGiven = {
  who: "everybody",
  employers: [],
  roles: [],
  kinds: [],
  teams: [],
  people: [],
  workingDays: "10",
  remindBefore: "5 1",
  checksUnderstanding: true,
  readingMinutes: "",
  targetPercent: "80 %",
};

describeOnEachDatabase("campaigns", (database) => {
  let officer: Actor;
  let ann: Actor;
  const today = calendarDay(clock.now());

  beforeEach(async () => {
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    await addPerson(database(), "manager", { roles: ["line-manager"] });
    const team = await addTeam(database(), "housing", { managerId: "manager" });
    ann = await addPerson(database(), "ann", { team });
    await addPerson(database(), "bob");
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await serveVersions("nao", []);
  });

  let count = 0;
  const prepare = async (change: Partial<CampaignGiven> = {}) => {
    const result = await createCampaign(officer, "nao", `key-${++count}`, { ...EVERYBODY, ...change });
    if (result.code !== "done") throw new Error(JSON.stringify(result));
    return result.reference;
  };
  const start = async (reference: string) => startCampaign(officer, reference, await revisionOf(reference));
  const revisionOf = async (reference: string) => (await getCampaign(officer, reference, null))?.revision ?? -1;
  const events = async () =>
    (
      await database().prisma.evidence.findMany({
        where: { event: { startsWith: "campaign." } },
        orderBy: { position: "asc" },
      })
    ).map(({ event }) => event);

  it("shows how many and who before it starts, asks nobody until then, and of the version nobody else afterwards", async () => {
    const reference = await prepare({ who: "parts", teams: ["Team housing"] });
    const before = await getCampaign(officer, reference, null);
    expect(before).toMatchObject({
      state: "draft",
      asked: 1,
      audienceWords: ["Team Team housing"],
      acts: ["change", "start", "stop"],
    });
    expect(before?.people.rows.map(({ id }) => id)).toEqual(["ann"]);
    expect((await getOwnStanding(ann, "nao"))?.campaign).toBeNull();
    expect(await start(reference)).toEqual({ code: "done", reference });
    const daysOff = new Set<string>();
    const due = (await getOwnStanding(ann, "nao"))?.due ?? "";
    expect(due >= addWorkingDays(today, 10, daysOff)).toBe(true);
    expect((await getOwnStanding(ann, "nao"))?.campaign).toMatchObject({ reference, checksUnderstanding: true });
    expect(await getOwnStanding({ ...ann, personId: "bob" }, "nao")).toMatchObject({ state: "not-asked", due: null });
    expect(await events()).toEqual(["campaign.created", "campaign.started"]);
    expect(await listCampaignTerms("nao")).toMatchObject([{ reference, state: "running", workingDays: 10 }]);
    expect(await listCampaignTerms("nottingham")).toEqual([]);
  });

  it("takes in who joins a team later, from that day, and releases who leaves it at once", async () => {
    await start(await prepare({ who: "parts", teams: ["Team housing"] }));
    const { prisma } = database();
    const bob = { ...ann, personId: "bob" };
    const later = addDays(today, 14);
    vi.spyOn(clock, "now").mockReturnValue(new Date(`${later}T12:00:00Z`));
    await prisma.person.update({ where: { id: "bob" }, data: { teamId: "housing", updatedAt: clock.now() } });
    const standing = await getOwnStanding(bob, "nao");
    expect(standing?.due !== null && (standing?.due ?? "") > addDays(later, 10)).toBe(true);
    await prisma.person.update({ where: { id: "bob" }, data: { teamId: null } });
    expect(await getOwnStanding(bob, "nao")).toMatchObject({ state: "not-asked", due: null });
  });

  it("asks who comes into an audience of any kind, in time, and releases who leaves it at once", async () => {
    const { prisma } = database();
    const later = addDays(today, 14);
    const kinds: readonly [Partial<CampaignGiven>, joined: Prisma.PersonUpdateInput, left: Prisma.PersonUpdateInput][] =
      [
        [{ teams: ["Team housing"] }, { team: { connect: { id: "housing" } } }, { team: { disconnect: true } }],
        [{ employers: ["National Audit Office"] }, { employer: "National Audit Office" }, { employer: "nao" }],
        [{ roles: ["line-manager"] }, { roles: ["employee", "line-manager"] }, { roles: ["employee"] }],
        [{ kinds: ["contractor"] }, { kind: "contractor" }, { kind: "employee" }],
        [{ people: ["bob@nao.invalid"] }, { startsOn: later }, { startsOn: null, status: "left" }],
        [{ who: "everybody" }, { startsOn: later, status: "active" }, { status: "left" }],
      ];
    for (const [of, joined, left] of kinds) {
      const reference = await prepare({ who: "parts", ...of });
      await start(reference);
      const asked = async () =>
        (await getCampaign(officer, reference, null))?.people.rows.find(({ id }) => id === "bob");
      const change = (data: Prisma.PersonUpdateInput) =>
        prisma.person.update({ where: { id: "bob" }, data: { ...data, updatedAt: clock.now() } });
      vi.spyOn(clock, "now").mockReturnValue(new Date(`${later}T12:00:00Z`));
      await change(joined);
      const { due = null } = (await asked()) ?? {};
      expect([of, due !== null && due > addDays(later, 12)]).toEqual([of, true]);
      await change(left);
      expect([of, await asked()]).toEqual([of, undefined]);
      vi.restoreAllMocks();
    }
  });

  it("says which team, address or figure is wrong, with the field, and keeps nothing", async () => {
    const sent = { ...EVERYBODY, who: "parts" as const, teams: ["Team nowhere"], people: ["nobody@x.invalid"] };
    const result = await createCampaign(officer, "nao", "key", { ...sent, workingDays: "0", remindBefore: "5, x" });
    expect(result.code === "invalid" && result.problems.map(({ field }) => field)).toEqual([
      "teams",
      "people",
      "workingDays",
      "remindBefore",
    ]);
    const none = await createCampaign(officer, "nao", "key", { ...EVERYBODY, who: "parts" });
    expect(none).toMatchObject({ code: "invalid", problems: [{ field: "who" }] });
    expect((await getCampaigns(officer))?.campaigns).toEqual([]);
  });

  it("is prepared, started and changed once, however often or by how many it is sent", async () => {
    const [one, two] = await Promise.all([
      createCampaign(officer, "nao", "same", EVERYBODY),
      createCampaign(officer, "nao", "same", EVERYBODY),
    ]);
    expect(one).toEqual(two);
    const reference = one.code === "done" ? one.reference : "";
    const seen = await revisionOf(reference);
    const results = await Promise.all([
      startCampaign(officer, reference, seen),
      startCampaign(officer, reference, seen),
      changeCampaign(officer, reference, seen, EVERYBODY),
    ]);
    expect(results.filter(({ code }) => code === "done")).toHaveLength(1);
    expect(results.filter(({ code }) => code === "changed")).toHaveLength(2);
  });

  it("runs until it is stopped with a reason, and then asks nobody", async () => {
    const reference = await prepare();
    await start(reference);
    expect(await stopCampaign(officer, reference, 1, "")).toMatchObject({
      code: "invalid",
      problems: [{ field: "reason" }],
    });
    expect(await stopCampaign(officer, reference, 1, "It was the wrong version.")).toMatchObject({ code: "done" });
    expect(await startCampaign(officer, reference, 2)).toEqual({ code: "changed" });
    expect((await getOwnStanding(ann, "nao"))?.due).toBeNull();
    expect(await getCampaign(officer, reference, null)).toMatchObject({
      state: "stopped",
      asked: 0,
      endReason: "It was the wrong version.",
    });
  });

  it("is proposed for a version that asks everybody again, until it is prepared or said not to be needed", async () => {
    expect((await getCampaigns(officer))?.proposals).toEqual([]); // a first version
    const hash = (await getOwnStanding(ann, "nao"))?.version.hash ?? "";
    await serveVersions("nao", [{ version: "2", material: true }]);
    await database().prisma.policyRelease.create({
      data: { policy: "nao", version: "1", hash, body: "nao", servedAt: new Date("2026-01-01") },
    });
    expect(await getCampaigns(officer)).toMatchObject({ proposals: [{ slug: "nao", version: "2" }] });
    expect(await listCampaignTasks(officer)).toMatchObject([{ kind: "propose-campaign" }]);
    expect(await noteNotNeeded(officer, "nao", "n", "")).toMatchObject({ code: "invalid" });
    expect(await noteNotNeeded(officer, "nao", "n", "The change is small.")).toMatchObject({ code: "done" });
    expect(await listCampaignTasks(officer)).toEqual([]);
    expect((await getOwnStanding(ann, "nao"))?.due).not.toBeNull(); // the version's own days hold
  });

  it("that was prepared and not started is its maker's task after some days, then anybody's who may start it", async () => {
    const owner = await addPerson(database(), "owner", { roles: ["policy-owner"] });
    const reference = await prepare();
    const of = async (who: Actor) => (await listCampaignTasks(who)).map(({ kind, href }) => [kind, href]);
    expect(await of(officer)).toEqual([]);
    vi.spyOn(clock, "now").mockReturnValue(new Date(`${addDays(today, 10)}T12:00:00Z`));
    const task = ["start-campaign", `/campaigns/${reference}`];
    expect([await of(officer), await of(owner), await of(ann)]).toEqual([[task], [], []]);
    await database().prisma.person.update({ where: { id: "officer" }, data: { roles: ["employee"] } });
    expect(await of(owner)).toEqual([task]);
    await database().prisma.person.update({ where: { id: "officer" }, data: { roles: ["governance-officer"] } });
    await stopCampaign(officer, reference, await revisionOf(reference), "Not now.");
    expect([await of(officer), await of(owner)]).toEqual([[], []]);
  });

  it("knows who has been told: by the mail of their day, or because they answered", async () => {
    const reference = await prepare();
    await start(reference);
    expect(await getCampaign(officer, reference, null)).toMatchObject({ asked: 4, told: 0 });
    const standing = await getOwnStanding(ann, "nao");
    const { version, hash } = standing?.version ?? { version: "", hash: "" };
    await acknowledgePolicy(
      { ...ann, personId: "bob" },
      { slug: "nao", version, hash, answer: "declined", reason: "No." },
    );
    const title = `acknowledge nao Accept or decline “${standing?.version.frontMatter.title ?? ""}”, version ${version}`;
    await database().prisma.digestState.create({ data: { personId: "ann", day: today, taskKeys: [title] } });
    expect(await getCampaign(officer, reference, null)).toMatchObject({ asked: 4, told: 2 });
  });

  it("exempts with a reason, hands to the manager, and asks again", async () => {
    expect(await exemptFromAnswering(officer, "nao", ["ann"], { reason: "", lastDay: "" })).toMatchObject({
      code: "invalid",
    });
    const self = await exemptFromAnswering(officer, "nao", ["officer"], { reason: "Me.", lastDay: "" });
    expect(self).toMatchObject({ code: "invalid", problems: [{ field: "person" }] });
    const given = { reason: "On secondment.", lastDay: addDays(today, 5) };
    expect(await exemptFromAnswering(officer, "nao", ["ann", "ann"], given)).toEqual({ code: "done", people: 1 });
    expect(await getOwnStanding(ann, "nao")).toMatchObject({ state: "exempt", due: null });
    const manager: Actor = { ...ann, personId: "manager", roles: ["line-manager"] };
    expect(await handToManagers(officer, "nao", ["ann"])).toMatchObject({ code: "invalid" });
    expect(await endExemption(officer, "nao", ["ann"])).toEqual({ code: "done", people: 1 });
    expect(await handToManagers(officer, "nao", ["ann"])).toEqual({ code: "done", people: 1 });
    expect(await listHandedOverTasks(manager)).toMatchObject([{ kind: "see-to-answers", href: "/team?policy=nao" }]);
    expect(await exemptFromAnswering(officer, "nao", ["ann"], given)).toEqual({ code: "done", people: 1 });
    expect(await listHandedOverTasks(manager)).toEqual([]);
    vi.spyOn(clock, "now").mockReturnValue(new Date(`${addDays(today, 6)}T12:00:00Z`));
    expect((await getOwnStanding(ann, "nao"))?.due).not.toBeNull();
  });

  it("is for governance officers and policy owners of the body", async () => {
    const reference = await prepare();
    for (const role of ROLES) {
      const actor = await addPerson(database(), `a-${role}`, { roles: [role] });
      const may = role === "governance-officer" || role === "policy-owner";
      expect([role, (await getCampaign(actor, reference, null)) !== null]).toEqual([role, may]);
      expect([role, (await getNewCampaign(actor, "nao")) !== null]).toEqual([role, may]);
      if (!may) {
        expect(await startCampaign(actor, reference, 0)).toEqual({ code: "not-found" });
        expect(await createCampaign(actor, "nao", "k", EVERYBODY)).toEqual({ code: "not-found" });
        expect(await exemptFromAnswering(actor, "nao", ["ann"], { reason: "", lastDay: "" })).toEqual({
          code: "not-found",
        });
      }
    }
    const elsewhere = await addPerson(database(), "elsewhere", { body: "nottingham", roles: ["governance-officer"] });
    expect(await getCampaign(elsewhere, reference, null)).toBeNull();
    expect(await stopCampaign(elsewhere, reference, 0, "Why not.")).toEqual({ code: "not-found" });
  });
});
