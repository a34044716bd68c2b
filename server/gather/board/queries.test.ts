import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { startOfDay } from "#domain/base/calendar/calendar.ts";
import { percentInWords } from "#domain/gather/board/share.ts";
import { clock } from "#server/base/clock.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { addStoredExceptions } from "#server/testing/stored-exceptions.ts";
import { getBoard, type Board, type SharesOverTime } from "./queries.ts";

const noon = (day: string) => new Date(`${day}T12:00:00Z`);
const LONG_AGO = noon("2020-01-01");

describeOnEachDatabase("the board's report", (database) => {
  let auditor: Actor;
  let hash: string;
  beforeEach(async () => {
    vi.spyOn(clock, "now").mockReturnValue(noon("2027-03-15"));
    const [first] = await serveVersions("nao", []);
    hash = first?.hash ?? "";
    await release("1", hash, noon("2026-12-10"));
    auditor = await addPerson(database(), "auditor", { roles: ["auditor"], body: "nao", joinedAt: noon("2027-03-15") });
    await database().prisma.person.update({ where: { id: "auditor" }, data: { startsOn: "2027-04-01" } });
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const release = async (version: string, of: string, servedAt: Date) =>
    database().prisma.policyRelease.create({ data: { policy: "nao", version, hash: of, body: "nao", servedAt } });
  const answer = async (personId: string, givenAt: Date, more: object = {}) =>
    database().prisma.acknowledgement.create({
      data: {
        id: `a ${personId} ${givenAt.getTime()}`,
        reference: `ACK ${personId} ${givenAt.getTime()}`,
        body: "nao",
        personId,
        policy: "nao",
        version: "1",
        hash,
        attempt: 1,
        answer: "accepted",
        statement: "I accept.",
        givenAt,
        ...more,
      },
    });
  /** People of a team, of whom the first ones answered on a day. */
  const fill = async (team: string, count: number, answered: readonly string[]) => {
    await addTeam(database(), team);
    for (let number = 0; number < count; number++) {
      await addPerson(database(), `${team}-${number}`, { team, joinedAt: LONG_AGO });
      const day = answered[number];
      if (day !== undefined) await answer(`${team}-${number}`, noon(day));
    }
  };
  const read = async (day?: string, actor = auditor): Promise<Board> => {
    const board = await getBoard(actor, day);
    if (!board || "wrong" in board) throw new Error("There is no report.");
    return board;
  };
  const shares = (of: SharesOverTime | undefined) =>
    (of ?? []).map((one) => (one === null ? "none" : one.share === null ? "hidden" : percentInWords(one.share)));

  it("shows the share at the end of each month since the policy was served, and on the day", async () => {
    await fill("red", 20, [...Array<string>(6).fill("2026-12-31"), ...Array<string>(4).fill("2027-02-01")]);
    await fill("blue", 20, [...Array<string>(5).fill("2027-01-01"), ...Array<string>(9).fill("2027-03-15")]);
    const { policies, moments } = await read();
    expect(moments.map(({ day }) => day).slice(-4)).toEqual(["2026-12-31", "2027-01-31", "2027-02-28", "2027-03-15"]);
    const [policy] = policies;
    expect(shares(policy?.all)).toEqual([...Array<string>(9).fill("none"), "15%", "27%", "37%", "60%"]); // 6, 11, 15, 24 of 40
    expect(policy?.teams.map(({ name, shares: of }) => [name, ...shares(of).slice(-4)])).toEqual([
      ["Team blue", "at most 20%", "25%", "25%", "70%"],
      ["Team red", "hidden", "30%", "50%", "50%"],
    ]);
    expect((await read("2026-12-31")).policies[0]?.all.at(-1)).toMatchObject({ people: 40, share: { percent: 15 } });
    expect((await read("2026-12-09")).policies).toEqual([]);
  });

  it("counts whoever was there at the end of that day, in London", async () => {
    await fill("red", 10, Array<string>(5).fill("2026-12-20"));
    await database().prisma.person.update({ where: { id: "red-9" }, data: { startsOn: "2027-02-01" } });
    await database().prisma.person.update({ where: { id: "red-8" }, data: { createdAt: startOfDay("2027-02-01") } });
    await database().prisma.person.update({ where: { id: "red-0" }, data: { status: "left" } });
    const turn = async (subject: string, event: "person.left" | "person.returned", at: Date) =>
      transact(() =>
        Promise.resolve({
          result: null,
          evidence: [{ body: "nao", event, at, actor: "portal", subject }],
        }),
      );
    await turn("red-0", "person.left", noon("2027-02-10"));
    await turn("red-7", "person.left", noon("2027-01-10"));
    await turn("red-7", "person.returned", noon("2027-02-20"));
    const people = async (day: string) => (await read(day)).policies[0]?.all.at(-1)?.people;
    expect(await people("2026-12-31")).toBe(8);
    expect((await read("2027-01-31")).policies[0]?.all.at(-1)).toMatchObject({
      accepted: { kind: "hidden" },
      people: 7,
    });
    expect((await read("2027-02-01")).policies[0]?.all.at(-1)).toMatchObject({ people: 9 });
    // Four of those who accepted are left, and five others.
    expect(await people("2027-02-28")).toBe(9);
  });

  it("counts a material version from when it is served, and an earlier acceptance no more", async () => {
    await fill("red", 20, Array<string>(10).fill("2026-12-20"));
    const [, second] = await serveVersions("nao", [
      { version: "2", status: "in force", material: true, effective: "2027-02-01" },
    ]);
    await release("2", second?.hash ?? "", noon("2027-01-20"));
    for (let number = 0; number < 5; number++)
      await answer(`red-${number}`, noon("2027-03-01"), { version: "2", hash: second?.hash });
    const [policy] = (await read()).policies;
    expect(shares(policy?.all).slice(-4)).toEqual(["50%", "50%", "at most 20%", "25%"]);
    expect(policy?.version).toBe("2");
    expect((await read("2027-01-31")).policies[0]?.version).toBe("1");
  });

  it("counts whom the campaign asked then, but for those exempt, against its target", async () => {
    await fill("red", 20, Array<string>(10).fill("2027-01-05"));
    await fill("blue", 20, Array<string>(5).fill("2027-01-05"));
    const by = { createdById: "red-0", startedById: "red-0" };
    const figures = { workingDays: 20, remindBefore: [], checksUnderstanding: false, readingMinutes: 0 };
    await database().prisma.campaign.create({
      data: {
        ...by,
        ...figures,
        id: "c",
        reference: "CMP-1",
        body: "nao",
        startKey: "c",
        policy: "nao",
        version: "1",
        hash,
        state: "running",
        targetPercent: 60,
        createdAt: noon("2027-02-01"),
        startedAt: noon("2027-02-01"),
        audience: { create: [{ kind: "team", value: "red" }] },
      },
    });
    const exemption = { body: "nao", policy: "nao", reason: "Away.", givenById: "red-0", givenAt: noon("2027-02-10") };
    await database().prisma.exemption.createMany({
      data: [
        { ...exemption, id: "x", personId: "red-19" },
        { ...exemption, id: "y", personId: "red-18", lastDay: "2027-03-14" },
        { ...exemption, id: "z", personId: "red-17", endedAt: noon("2027-03-01"), endedById: "red-0" },
        { ...exemption, id: "w", personId: "red-1" },
      ],
    });
    const [policy] = (await read()).policies;
    // Blue is asked until February; who has accepted counts nevertheless.
    expect(policy?.all.slice(-3).map((one) => one?.people)).toEqual([40, 22, 24]); // 5 of blue, 17 and then 19 of red
    expect(shares(policy?.all).slice(-3)).toEqual(["37%", "68%", "62%"]);
    expect([policy?.target, (await read("2027-01-31")).policies[0]?.target]).toEqual([60, 90]);
  });

  it("tells how long people took, from when they could answer, and nothing of so few", async () => {
    const days = ["2026-12-10", "2026-12-11", "2026-12-13", "2026-12-20", "2027-01-09", "2027-01-09"];
    await fill("red", 20, days);
    await database().prisma.person.update({ where: { id: "red-5" }, data: { createdAt: noon("2027-01-07") } });
    expect((await read()).policies[0]?.times).toEqual({ median: 2.5, ninetieth: 30 }); // 0 1 2 3 10 30
    expect((await read("2026-12-31")).policies[0]?.times).toBeNull();
  });

  it("counts declines by what they are about as sorted by then, and hides small numbers with their neighbour", async () => {
    await fill("red", 40, []);
    const decline = async (number: number, theme: string | null) =>
      answer(`red-${number}`, noon("2027-01-05"), {
        answer: "declined",
        reason: "No.",
        theme,
        repliedAt: theme && noon("2027-02-05"),
      });
    for (let number = 0; number < 20; number++)
      await decline(number, number < 6 ? "unclear" : number < 13 ? "channel" : number < 15 ? "other" : null);
    const words = async (day: string) =>
      (await read(day)).policies[0]?.declines.map(({ count }) => (count.kind === "shown" ? count.count : count.kind));
    expect(await words("2027-03-15")).toEqual([6, "few", 7, "few", "few", 5]);
    expect(await words("2027-01-31")).toEqual(["few", "few", "few", "few", "few", "hidden"]);
    expect((await read()).policies[0]?.declinesInAll).toEqual({ kind: "shown", count: 20 });
  });

  it("counts exceptions by their steps until then", async () => {
    await fill("red", 1, []);
    const at = noon("2027-01-05");
    const rows = Array.from({ length: 6 }, () => ({ createdAt: at, submittedAt: at, decidedAt: at, startsAt: at }));
    await addStoredExceptions(
      database(),
      "red-0",
      rows.map((row) => ({ ...row, state: "revoked" as const, endsAt: startOfDay("2027-06-01") })),
    );
    const step = (number: number, position: number, command: string, day: string) => ({
      id: `s${number} ${position}`,
      exceptionId: `e00000${number}`,
      position,
      at: noon(day),
      personId: "red-0",
      command,
    });
    await database().prisma.exceptionStep.createMany({
      data: rows.flatMap((_, number) => [
        step(number, 1, "submit", "2027-01-05"),
        step(number, 2, "approve", "2027-01-05"),
        step(number, 3, "revoke", number === 0 ? "2027-02-15" : "2027-03-10"),
      ]),
    });
    const { months, exceptionsApproved } = await read();
    expect(months.slice(-3).map(({ exceptionsInForce }) => exceptionsInForce)).toEqual([
      { kind: "shown", count: 6 },
      { kind: "shown", count: 5 },
      { kind: "few" },
    ]);
    expect(exceptionsApproved).toEqual({ kind: "shown", count: 6 });
  });

  it("counts accidents by when the body knew, and breaches as recorded by then", async () => {
    await addPerson(database(), "reporter");
    const report = async (id: string, awareAt: Date, more: object = {}) =>
      database().prisma.incident.create({
        data: {
          id,
          reference: id,
          body: "nao",
          reporterId: "reporter",
          startKey: id,
          kind: "shared",
          reportedAt: awareAt,
          mayBePersonalData: true,
          awareAt,
          warnedAtHours: [],
          ...more,
        },
      });
    await report("a", startOfDay("2027-02-01"));
    await report("b", new Date(startOfDay("2027-02-01").getTime() - 1), { kind: "scam" });
    await report("c", noon("2027-01-15"));
    await report("d", noon("2027-01-16"), { isKeptFromOfficers: true });
    await database().prisma.incidentEntry.create({
      data: {
        id: "e",
        incidentId: "c",
        part: "clock",
        position: 1,
        at: noon("2027-03-01"),
        personId: "reporter",
        values: { personal: "no" },
      },
    });
    const counts = async (day: string) =>
      (await read(day)).months.slice(-2).map(({ accidents, breaches }) => [accidents, breaches]);
    expect(await counts("2027-02-28")).toEqual([
      [2, 1],
      [1, 1],
    ]);
    expect((await read()).months.slice(-3).map(({ breaches }) => breaches)).toEqual([0, 1, 0]);
  });

  it("counts clear-downs that nobody confirmed in time, as the ledger stood then", async () => {
    await addPerson(database(), "asker");
    await database().prisma.chatGroup.create({
      data: {
        id: "g",
        reference: "GRP-1",
        body: "nao",
        requesterId: "asker",
        startKey: "g",
        state: "approved",
        name: "G",
        purpose: "P",
        kind: "team",
        app: "WhatsApp",
        policy: "nao",
        version: "1",
        hash,
        clearEveryDays: 7,
        clearedBy: "administrator",
        reviewOn: "2028-01-01",
        requestedAt: noon("2027-02-01"),
        decidedAt: noon("2027-02-01"),
        decidedById: "auditor",
        decisionReason: "Yes.",
      },
    });
    // Due on 8, 15 and 22 February, 1, 8 and 15 March.
    await database().prisma.clearDown.create({
      data: {
        id: "c",
        groupId: "g",
        dueOn: "2027-02-08",
        clearedFor: "group",
        confirmedById: "asker",
        confirmedAt: noon("2027-02-08"),
        recordsMovedTo: "",
      },
    });
    await database().prisma.clearDown.create({
      data: {
        id: "l",
        groupId: "g",
        dueOn: "2027-03-01",
        clearedFor: "group",
        confirmedById: "asker",
        confirmedAt: noon("2027-03-10"),
        recordsMovedTo: "",
      },
    });
    const missed = async (day: string) => (await read(day)).months.slice(-2).map((one) => one.missedClearDowns);
    expect(await missed("2027-02-28")).toEqual([0, 2]);
    expect(await missed("2027-03-15")).toEqual([2, 2]); // 1 March was cleared late, 8 March is missed, 15 March is due
  });

  it("names the row of the chain that was the last by then", async () => {
    const at = async (when: Date) =>
      transact(() =>
        Promise.resolve({
          result: null,
          evidence: [{ body: "nao", event: "person.left", at: when, actor: "portal", subject: "somebody" }],
        }),
      );
    expect((await read()).head.position).toBe(0);
    await at(noon("2027-02-01"));
    await at(startOfDay("2027-03-01"));
    const rows = await database().prisma.evidence.findMany({ where: { body: "nao" }, orderBy: { position: "asc" } });
    expect((await read("2027-02-28")).head).toEqual({ position: 1, hash: rows[0]?.hash });
    expect((await read()).head).toEqual({ position: 2, hash: rows[1]?.hash });
  });

  it("is for those whose job it is, of their own body, and of days that exist and have begun", async () => {
    for (const role of ["senior-information-risk-owner", "governance-officer", "policy-owner"] as const)
      expect(await getBoard(await addPerson(database(), role, { roles: [role] }), "2027-03-01")).toHaveProperty(
        "policies",
      );
    for (const role of ["employee", "line-manager", "administrator"] as const)
      expect(await getBoard(await addPerson(database(), role, { roles: [role] }), "nonsense")).toBeNull();
    for (const day of ["2027-02-29", "15 March", "2027-3-1"])
      expect(await getBoard(auditor, day)).toEqual({ wrong: "no-day" });
    expect(await getBoard(auditor, "2027-03-16")).toEqual({ wrong: "future" });
    expect(await read("")).toMatchObject({ day: "2027-03-15", isToday: true });
  });
});
