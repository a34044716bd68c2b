import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { clock } from "#server/base/clock.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { addStoredExceptions } from "#server/testing/stored-exceptions.ts";
import { getExceptionFigures, MOST_FIGURE_TEAMS } from "./figures-queries.ts";

const on = (day: string) => new Date(`${day}T12:00:00Z`);
const UNDECIDED = { decidedAt: null, startsAt: null, endsAt: null };

describeOnEachDatabase("the figures of exceptions", (database) => {
  let asker: Actor;
  let auditor: Actor;
  beforeEach(async () => {
    vi.spyOn(clock, "now").mockReturnValue(on("2026-11-23"));
    asker = await addPerson(database(), "asker", { team: await addTeam(database(), "fraud") });
    auditor = await addPerson(database(), "auditor", { roles: ["auditor"] });
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it("count what was sent and decided in each quarter, in working days of the body's nation", async () => {
    await addStoredExceptions(database(), asker.personId, [
      // Midnight in London was an hour before that of UTC.
      { submittedAt: new Date("2026-06-30T23:30:00Z"), decidedAt: on("2026-07-03") },
      { submittedAt: on("2025-12-24"), decidedAt: on("2025-12-30") }, // Christmas and Boxing Day: two working days
      { submittedAt: on("2025-12-23"), decidedAt: on("2025-12-24"), state: "declined", startsAt: null, endsAt: null },
      { submittedAt: on("2026-11-20"), ...UNDECIDED, state: "submitted" },
      { submittedAt: null, ...UNDECIDED, state: "draft" },
      { submittedAt: on("2024-12-31"), decidedAt: on("2024-12-31") }, // before all quarters
      { submittedAt: on("2026-10-01"), decidedAt: on("2026-10-02"), state: "revoked" },
      { submittedAt: on("2026-10-01"), ...UNDECIDED, state: "withdrawn" },
      // Revoked before its first day, which it then no longer has: it was approved all the same.
      { submittedAt: on("2026-04-01"), decidedAt: on("2026-04-02"), state: "revoked", startsAt: null, endsAt: null },
    ]);
    const { quarters = [] } = (await getExceptionFigures(auditor)) ?? {};
    const rows = quarters.map(({ from, sent, decided, approved, median, ninetieth }) =>
      [from.slice(0, 7), sent, decided, approved, median, ninetieth].join(" "),
    );
    expect(rows).toEqual([
      "2026-10 3 1 1 1 1",
      "2026-07 1 1 1 2 2",
      "2026-04 1 1 1 1 1",
      "2026-01 0 0 0  ",
      "2025-10 2 2 1 1.5 2",
      "2025-07 0 0 0  ",
      "2025-04 0 0 0  ",
      "2025-01 0 0 0  ",
    ]);
  });

  it("count by clause and team how many are in force, approved and declined", async () => {
    const loner = await addPerson(database(), "loner");
    await addStoredExceptions(database(), asker.personId, [
      { clauses: ["4.3", "4.4"] },
      { endsAt: on("2026-11-22") },
      { startsAt: on("2026-12-01") },
      { state: "revoked", policy: "other", requesterId: loner.personId },
      { state: "declined", startsAt: null, endsAt: null, requesterId: loner.personId },
      { state: "withdrawn", ...UNDECIDED },
      { state: "submitted", ...UNDECIDED },
    ]);
    const figures = await getExceptionFigures(auditor);
    expect(figures?.clauses).toEqual([
      { policy: "nao", clause: "4.3", inForce: 1, decided: 4, approved: 3, declined: 1 },
      { policy: "nao", clause: "4.4", inForce: 1, decided: 1, approved: 1, declined: 0 },
      { policy: "other", clause: "4.3", inForce: 0, decided: 1, approved: 1, declined: 0 },
    ]);
    expect(figures?.teams).toEqual([
      { teamId: "fraud", team: "Team fraud", inForce: 1, decided: 3, approved: 3, declined: 0 },
      { teamId: null, team: null, inForce: 0, decided: 2, approved: 1, declined: 1 },
    ]);
  });

  it("count conditions whose day has passed, of exceptions in force", async () => {
    const later = { startsAt: on("2026-12-01") };
    await addStoredExceptions(database(), asker.personId, [
      {},
      { state: "revoked" },
      later,
      { endsAt: on("2026-11-22") },
    ]);
    const condition = (exception: number, position: number, dueOn: string | null, doneAt: Date | null = null) => ({
      id: `c${exception}${position}`,
      exceptionId: `e00000${exception}`,
      position,
      text: "Train everybody.",
      dueOn,
      doneAt,
    });
    await database().prisma.exceptionCondition.createMany({
      data: [
        condition(0, 0, "2026-11-22"),
        condition(0, 1, "2026-11-23"),
        condition(0, 2, "2026-11-01", on("2026-11-10")),
        condition(0, 3, null),
        condition(1, 0, "2026-11-01"),
        condition(2, 0, "2026-11-01"),
        condition(3, 0, "2026-11-01"),
      ],
    });
    expect((await getExceptionFigures(auditor))?.overdueConditions).toBe(1);
  });

  it("count in each quarter the conditions that were not met in time, whatever became of them since", async () => {
    await addStoredExceptions(database(), asker.personId, [
      { decidedAt: on("2026-03-02"), startsAt: on("2026-03-02") },
      { state: "revoked", startsAt: on("2026-03-02"), endsAt: on("2026-09-10") },
      { body: "nottingham" },
    ]);
    const condition = (exception: number, position: number, dueOn: string | null, doneAt: string | null = null) => ({
      id: `c${exception}${position}`,
      exceptionId: `e00000${exception}`,
      position,
      text: "Train everybody.",
      dueOn,
      doneAt: doneAt && new Date(doneAt),
    });
    await database().prisma.exceptionCondition.createMany({
      data: [
        condition(0, 0, "2026-09-30", "2026-09-30T22:59:59Z"), // in the last second of its day in London
        condition(0, 1, "2026-09-30", "2026-09-30T23:00:00Z"), // too late, and done
        condition(0, 2, "2026-11-22"),
        condition(0, 3, "2026-11-23"), // today
        condition(0, 4, null),
        condition(1, 0, "2026-09-09"),
        condition(1, 1, "2026-09-10"), // revoked on that day
        condition(2, 0, "2026-11-22"),
      ],
    });
    const postponed = { id: "s", exceptionId: "e000000", position: 1, personId: "asker", command: "give-more-time" };
    await database().prisma.exceptionStep.create({ data: { ...postponed, at: on("2026-06-30") } });
    const { quarters = [] } = (await getExceptionFigures(auditor)) ?? {};
    expect(quarters.map(({ from, missed }) => `${from.slice(0, 7)} ${missed}`).slice(0, 4)).toEqual([
      "2026-10 1",
      "2026-07 2",
      "2026-04 1",
      "2026-01 0",
    ]);
  });

  it("name the teams with most decisions, and say that there are more", async () => {
    const teams = Array.from({ length: MOST_FIGURE_TEAMS + 2 }, (_, at) => ({
      id: `t${at}`,
      body: "nao",
      name: `T ${at}`,
    }));
    await database().prisma.team.createMany({ data: teams });
    for (const { id } of teams) await addPerson(database(), `of ${id}`, { team: id });
    const rows = teams.map(({ id }) => ({ requesterId: `of ${id}` }));
    await addStoredExceptions(database(), asker.personId, [...rows, { requesterId: "of t51" }]);
    const figures = await getExceptionFigures(auditor);
    expect([figures?.teams.length, figures?.teams[0]?.team, figures?.hasMoreTeams]).toEqual([50, "T 51", true]);
  });

  it("are for those who read the register, each of their own body", async () => {
    await addStoredExceptions(database(), asker.personId, [{}]);
    const owner = await addPerson(database(), "owner", { roles: ["policy-owner", "senior-information-risk-owner"] });
    for (const actor of [asker, owner]) expect(await getExceptionFigures(actor)).toBeNull();
    const elsewhere = await addPerson(database(), "elsewhere", { body: "nottingham", roles: ["auditor"] });
    expect(await getExceptionFigures(elsewhere)).toMatchObject({ clauses: [], teams: [], overdueConditions: 0 });
  });
});
