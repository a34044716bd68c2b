import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { clock } from "#server/base/clock.ts";
import { listFailedJobs } from "#server/shell/schedule/queries.ts";
import { JOBS } from "#server/shell/schedule/jobs.ts";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { getDesk } from "./queries.ts";

const NOW = new Date("2027-03-15T12:00:00Z");
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * 60 * 60_000);

describeOnEachDatabase("the desk", (database) => {
  let officer: Actor;
  beforeEach(async () => {
    vi.spyOn(clock, "now").mockReturnValue(NOW);
    await serveVersions("nao", []);
    officer = await addPerson(database(), "officer", { roles: ["employee", "governance-officer"], joinedAt: NOW });
    await addPerson(database(), "reporter", { joinedAt: NOW });
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const addCase = async (id: string, hours: number, more: object = {}) =>
    database().prisma.incident.create({
      data: {
        id,
        reference: `INC-${id}`,
        body: "nao",
        reporterId: "reporter",
        startKey: id,
        kind: "shared",
        reportedAt: hoursAgo(hours),
        awareAt: hoursAgo(hours),
        mayBePersonalData: true,
        warnedAtHours: [],
        isKeptFromOfficers: false,
        ...more,
      },
    });

  it("counts the open cases by what is left of the 72 hours, and names the one with the least", async () => {
    await addCase("over", 73);
    await addCase("soon", 50, { openedAt: hoursAgo(1) });
    await addCase("day", 40);
    await addCase("fresh", 1);
    await addCase("dull", 60, { mayBePersonalData: false });
    await addCase("decided", 71, { decidedAt: hoursAgo(1) });
    await addCase("closed", 80, { closedAt: hoursAgo(1), openedAt: hoursAgo(2), decidedAt: hoursAgo(2) });
    await addCase("hidden", 71, { isKeptFromOfficers: true, withSeniorAt: hoursAgo(71) });
    await addCase("about", 71, { keptFromId: "officer" });
    await addCase("own", 71, { reporterId: "officer" });
    await addCase("elsewhere", 71, { body: "nottingham" });
    const { cases } = (await getDesk(officer)) ?? {};
    expect(cases).toMatchObject({ over: 1, oneDay: 1, twoDays: 1, later: 1, other: 2, all: 6, unopened: 5 });
    expect(cases).toMatchObject({ reference: "INC-over", deadline: hoursAgo(1) });
    const senior = await addPerson(database(), "senior", { roles: ["employee", "senior-information-risk-owner"] });
    expect((await getDesk(senior))?.cases).toMatchObject({ all: 1, oneDay: 1, reference: "INC-hidden" });
  });

  it("counts overdue answers of the body for an officer, of their own people for a line manager", async () => {
    const [version] = await serveVersions("nao", []);
    const long = hoursAgo(24 * 400);
    const release = { policy: "nao", version: version?.version ?? "", hash: version?.hash ?? "", body: "nao" };
    await database().prisma.policyRelease.create({ data: { ...release, servedAt: long } });
    const manager = await addPerson(database(), "manager", { roles: ["employee", "line-manager"], joinedAt: NOW });
    await addTeam(database(), "red", { managerId: "manager" });
    for (const id of ["one", "two"]) await addPerson(database(), id, { team: "red", joinedAt: long });
    await addPerson(database(), "three", { joinedAt: long });
    const overdue = async (actor: Actor) => (await getDesk(actor))?.answers?.map((one) => one.overdue);
    expect(await overdue(officer)).toEqual([3]);
    expect(await overdue(manager)).toEqual([2]);
    expect((await getDesk(manager))?.isOwnTeam).toBe(true);
    const roles: Actor["roles"] = ["employee", "line-manager", "policy-owner"];
    const both = await addPerson(database(), "both", { roles, joinedAt: NOW });
    expect(await overdue(both)).toEqual([3]);
  });

  it("shows each role its own figures, joins those of two, and is not there for others", async () => {
    const of = async (id: string, ...roles: Actor["roles"]) => {
      const desk = await getDesk(await addPerson(database(), id, { roles: ["employee", ...roles] }));
      return desk && Object.entries(desk).flatMap(([name, value]) => (value === null || value === false ? [] : [name]));
    };
    expect(await of("plain")).toBeNull();
    expect(await of("auditor", "auditor")).toEqual(["informationRequests", "requests", "groups", "holds"]);
    expect(await of("owner", "policy-owner")).toEqual(["answers", "runningCampaigns"]);
    expect(await of("administrator", "administrator")).toEqual(["undeliveredMail"]);
    expect(await of("two", "auditor", "administrator")).toEqual([
      "informationRequests",
      "requests",
      "groups",
      "holds",
      "undeliveredMail",
    ]);
  });

  it("names the timed work whose last attempt failed, to administrators", async () => {
    const [first, second] = JOBS;
    const run = async (job: string, hours: number, end: object) =>
      database().prisma.jobRun.create({
        data: { id: `${job} ${hours}`, job, dueAt: hoursAgo(hours), attempt: 1, startedAt: hoursAgo(hours), ...end },
      });
    await run(first?.name ?? "", 2, { failure: "It broke.", endedAt: NOW });
    await run(second?.name ?? "", 2, { failure: "It broke.", endedAt: NOW });
    await run(second?.name ?? "", 1, { result: "Done", endedAt: NOW });
    const administrator = await addPerson(database(), "administrator", { roles: ["employee", "administrator"] });
    expect(await listFailedJobs(administrator)).toEqual([first?.title]);
    expect(await listFailedJobs(officer)).toBeNull();
  });
});
