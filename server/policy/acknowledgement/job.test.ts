import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { loadContent } from "#server/base/content/store.ts";
import { clock } from "#server/base/clock.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { announceReminders, escalateOverdueAnswers } from "./job.ts";

/** In London's winter, during office hours. */
const noon = (day: string) => new Date(`${day}T12:00:00Z`);

describeOnEachDatabase("answers that are overdue", (database) => {
  beforeEach(async () => {
    await addPerson(database(), "officer", { roles: ["governance-officer"] });
    await addPerson(database(), "manager", { roles: ["line-manager"] });
    await addPerson(database(), "other", { roles: ["line-manager"] });
    const team = await addTeam(database(), "own", { managerId: "manager" });
    for (const id of ["ann", "bob"]) await addPerson(database(), id, { team });
    await addPerson(database(), "cay", { team });
    await database().prisma.person.update({ where: { id: "cay" }, data: { managerId: "other" } });
    // Only Ann and Cay are asked, by 13 January 2027, a Wednesday.
    const nao = (await loadContent()).policies.find(({ slug }) => slug === "nao");
    const [{ version, hash } = { version: "", hash: "" }] = nao?.versions ?? [];
    const { prisma } = database();
    await prisma.policyRelease.create({
      data: { policy: "nao", version, hash, body: "nao", servedAt: noon("2026-11-01") },
    });
    await prisma.campaign.create({
      data: {
        id: "c",
        reference: "CAM-2222-2222",
        startKey: "c",
        body: "nao",
        policy: "nao",
        version,
        hash,
        state: "running",
        workingDays: 3,
        remindBefore: [],
        checksUnderstanding: false,
        readingMinutes: 0,
        targetPercent: 90,
        createdAt: noon("2027-01-08"),
        createdById: "officer",
        startedAt: noon("2027-01-08"),
        startedById: "officer",
        audience: { create: ["ann", "cay"].map((value) => ({ kind: "person", value })) },
      },
    });
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  /** Who was told, and of whom, on a day. */
  const runOn = async (at: Date) => {
    vi.spyOn(clock, "now").mockReturnValue(at);
    const before = (await database().prisma.notice.findMany()).map(({ id }) => id);
    await escalateOverdueAnswers.run(at);
    const after = await database().prisma.notice.findMany({
      where: { id: { notIn: before } },
      orderBy: { personId: "asc" },
    });
    return after.map(({ personId, paragraphs }) => [personId, paragraphs[0]?.split(" should")[0]]);
  };

  it("are told to the line manager a week after the last day, to officers after two, each once a week, in office hours", async () => {
    expect(await runOn(noon("2027-01-19"))).toEqual([]);
    expect(await runOn(new Date("2027-01-20T22:00:00Z"))).toEqual([]);
    const first = [
      ["manager", "One person of yours"],
      ["other", "One person of yours"],
    ];
    expect(await runOn(noon("2027-01-20"))).toEqual(first);
    expect(await runOn(noon("2027-01-21"))).toEqual([]);
    expect(await runOn(noon("2027-01-23"))).toEqual([]); // a Saturday
    expect(await runOn(noon("2027-01-27"))).toEqual([
      ["manager", "One person of yours"],
      ["officer", "2 people"],
      first[1],
    ]);
    await database().prisma.person.update({ where: { id: "cay" }, data: { status: "left" } });
    expect(await runOn(noon("2027-02-03"))).toEqual([first[0], ["officer", "One person"]]);
  });

  it("are not told of somebody who is away since the last day, until they are back", async () => {
    const row = { body: "nao", source: "form" as const, recordedAt: noon("2027-01-14") };
    await database().prisma.absence.create({
      data: { ...row, id: "a", personId: "ann", firstDay: "2027-01-14", lastDay: "2027-01-26" },
    });
    expect(await runOn(noon("2027-01-20"))).toEqual([["other", "One person of yours"]]);
    expect(await runOn(noon("2027-01-27"))).toContainEqual(["manager", "One person of yours"]);
  });

  it("are told to nobody of themselves, where somebody manages their own team, but to officers", async () => {
    await database().prisma.team.update({ where: { id: "own" }, data: { managerId: "ann" } });
    expect(await runOn(noon("2027-01-20"))).toEqual([["other", "One person of yours"]]);
    expect(await runOn(noon("2027-01-27"))).toEqual([
      ["officer", "2 people"],
      ["other", "One person of yours"],
    ]);
  });

  it("are told once though two servers look at the same moment", async () => {
    vi.spyOn(clock, "now").mockReturnValue(noon("2027-01-20"));
    await Promise.all([1, 2].map(() => escalateOverdueAnswers.run(noon("2027-01-20"))));
    expect(await database().prisma.notice.count()).toBe(2);
  });

  it("are announced on the days of a campaign's reminders, once each, with how many are to answer and nobody's name", async () => {
    await database().prisma.campaign.updateMany({ data: { remindBefore: [2] } });
    const announced = async (at: Date) => {
      vi.spyOn(clock, "now").mockReturnValue(at);
      await announceReminders.run(at);
      await announceReminders.run(new Date(at.getTime() + 3_600_000));
      const rows = await database().prisma.evidence.findMany({ where: { event: "policy.reminded" } });
      return rows.map(({ actor, subject, policy, data }) => [actor, subject, policy, data]);
    };
    const one = ["portal", "CAM-2222-2222", "nao", '{"people":2}'];
    expect(await announced(noon("2027-01-10")), "a Sunday").toEqual([]);
    expect(await announced(new Date("2027-01-11T22:00:00Z")), "at night").toEqual([]);
    expect(await announced(noon("2027-01-11"))).toEqual([one]);
    expect(await announced(noon("2027-01-12"))).toEqual([one]);
    expect(await announced(noon("2027-01-13")), "the last day").toEqual([one, one]);
    expect(await announced(noon("2027-01-14"))).toEqual([one, one]);
    await database().prisma.campaign.updateMany({ data: { state: "stopped" } });
    expect(await announced(noon("2027-01-13"))).toEqual([one, one]);
  });
});
