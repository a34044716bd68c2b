import fc from "fast-check";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addMonths, calendarDay, startOfDay } from "#domain/base/calendar/calendar.ts";
import { debtLimits, policyDebt } from "#domain/policy/exception/policy-debt.ts";
import { clock } from "#server/base/clock.ts";
import { serveRealContent, serveVersions } from "#server/testing/content.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { addStoredExceptions } from "#server/testing/stored-exceptions.ts";
import { getClauseDebt, listDebtTasks } from "./debt-queries.ts";
import { listClauseApprovals } from "./debt-repository.ts";
import { considerDebt } from "./service.ts";

const NOW = new Date("2026-11-23T10:00:00Z");
const on = (day: string) => new Date(`${day}T12:00:00Z`);
const OVER = { endsAt: on("2026-11-01") };
const REASON = "Partners have no other way.";

describeOnEachDatabase("policy debt", (database) => {
  let owner: Actor;
  beforeEach(async () => {
    vi.spyOn(clock, "now").mockReturnValue(NOW);
    await serveRealContent();
    await addPerson(database(), "asker");
    owner = await addPerson(database(), "owner", { roles: ["policy-owner"] });
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  let stored = 0;
  beforeEach(() => {
    stored = 0;
  });
  /** Approved on these days, one after the other. */
  const approve = async (days: readonly string[], more: Parameters<typeof addStoredExceptions>[2][number] = {}) => {
    const rows = days.map((day) => {
      const number = stored++;
      return {
        id: `x${number}`,
        reference: `EX-2222-${2222 + number}`,
        startKey: `x${number}`,
        decidedAt: on(day),
        startsAt: on(day),
        ...more,
      };
    });
    await addStoredExceptions(database(), "asker", rows);
  };
  const FIVE = ["2026-07-01", "2026-07-02", "2026-09-01", "2026-10-01", "2026-11-02"];
  const tasks = async (actor = owner) =>
    (await listDebtTasks(actor)).map(({ title, due, href }) => [title, due, href].join(" | "));
  const consider = (startKey: string, clause = "4.3") =>
    considerDebt(owner, { slug: "nao", clause, startKey, reason: REASON });

  it("comes about with the fifth approval in twelve months, whatever became of them since", async () => {
    await approve(FIVE.slice(0, 1), { state: "revoked", endsAt: on("2026-08-01") });
    await approve(FIVE.slice(1, 2), { state: "withdrawn", startsAt: null, endsAt: null }); // before its first day
    await approve(FIVE.slice(2, 4), OVER);
    await approve(["2025-11-22"], OVER); // a day too long ago
    await approve(["2026-10-02"], { state: "declined", startsAt: null, endsAt: null });
    await approve(["2026-10-03"], { clauses: ["4.4"] });
    await approve(["2026-10-04"], { policy: "model" });
    expect(await tasks()).toEqual([]);
    await approve(FIVE.slice(4), { clauses: ["4.3", "4.4"] });
    const href = "/policies/nao/debt?clause=4.3";
    expect(await tasks()).toEqual([`Look at clause 4.3: 5 exceptions in a year | 2026-11-30 | ${href}`]);
    expect((await listDebtTasks(owner))[0]?.reason).toBe(
      "“WhatsApp at work”: 5 exceptions from it were approved in the last twelve months. Change the policy, or say why it stays as it is.",
    );
    vi.mocked(clock.now).mockReturnValue(on("2027-07-02"));
    expect(await tasks(), "a year after the first").toEqual([]);
  });

  it("comes about with a third extension, while it is in force or for a year after its approval", async () => {
    await approve(["2026-03-02"], { extension: 2 });
    expect(await tasks()).toEqual([]);
    await approve(["2024-11-04"], { extension: 3, endsAt: on("2026-11-22") });
    expect(await tasks(), "it ended, and was approved more than a year ago").toEqual([]);
    await approve(["2024-11-04"], { extension: 3, endsAt: on("2026-11-24") });
    expect(await tasks()).toEqual([
      expect.stringMatching(/^Look at clause 4.3: an exception extended 3 times \| 2024-12-02/),
    ]);
    expect(await getClauseDebt(owner, "nao", "4.3")).toMatchObject({ approvals: 1, extension: 3 });
  });

  it("is settled by a new version until another is approved, and then came about with that one", async () => {
    await approve(FIVE);
    await serveVersions("nao", [{ version: "2", effective: "2026-11-02" }]);
    expect(await tasks(), "on the day of the last approval").toHaveLength(1);
    await serveVersions("nao", [{ version: "2", effective: "2026-11-03" }]);
    expect(await tasks()).toEqual([]);
    await serveVersions("nao", [{ version: "2", effective: "2026-12-01" }]);
    expect(await tasks(), "not in force yet").toHaveLength(1);
    await serveVersions("nao", [{ version: "2", effective: "2026-11-03" }]);
    await approve(["2026-11-16", "2026-11-17"]);
    expect(await tasks()).toEqual([expect.stringMatching(/^Look at clause 4.3: 7 exceptions in a year \| 2026-12-14/)]);
  });

  it("is settled by what its owner says, until there is more", async () => {
    await approve(FIVE);
    const { prisma } = database();
    expect(await consider("one")).toEqual({ code: "considered" });
    expect(await consider("one"), "sent twice").toEqual({ code: "considered" });
    expect(await tasks()).toEqual([]);
    expect(await consider("two")).toMatchObject({ code: "refused" });
    const view = await getClauseDebt(owner, "nao", "4.3");
    expect(view).toMatchObject({ approvals: 5, debt: null, considered: [{ reason: REASON, approvals: 5, at: NOW }] });
    expect(await prisma.evidence.findMany({ where: { event: "policy.debt-considered" } })).toMatchObject([
      { actor: "owner", subject: "4.3", policy: "nao", version: "1" },
    ]);
    await approve(["2026-11-20"]);
    expect(await tasks()).toEqual([expect.stringMatching(/^Look at clause 4.3: 6 exceptions in a year \| 2026-12-18/)]);
    vi.mocked(clock.now).mockReturnValue(on("2026-11-24"));
    expect(await consider("three")).toEqual({ code: "considered" });
    await approve(["2026-11-20"], { clauses: ["4.3"], extension: 3 });
    expect(await tasks()).toHaveLength(1);
    vi.mocked(clock.now).mockReturnValue(on("2026-11-25"));
    expect(await consider("four")).toEqual({ code: "considered" });
    expect(await tasks()).toEqual([]);
    expect(
      (await getClauseDebt(owner, "nao", "4.3"))?.considered.map(({ approvals, extension }) => [approvals, extension]),
    ).toEqual([
      [7, 3],
      [6, 0],
      [5, 0],
    ]);
  });

  it("asks for a reason, and records nothing without one", async () => {
    await approve(FIVE);
    const nothing = await considerDebt(owner, { slug: "nao", clause: "4.3", startKey: "a", reason: "" });
    expect(nothing).toMatchObject({ code: "invalid", problems: [{ field: "reason" }] });
    expect(await database().prisma.debtConsideration.count()).toBe(0);
  });

  it("is for the policy owners of the body, and about clauses that its policy has", async () => {
    await approve(FIVE);
    await approve(FIVE, { clauses: ["99.9"] });
    expect(await tasks()).toHaveLength(1);
    const roles = ["governance-officer", "auditor", "administrator"] as const;
    const others = [
      await addPerson(database(), "others", { roles: [...roles] }),
      await addPerson(database(), "elsewhere", { body: "nottingham", roles: ["policy-owner"] }),
    ];
    for (const actor of others) {
      expect(await listDebtTasks(actor)).toEqual([]);
      expect(await getClauseDebt(actor, "nao", "4.3")).toBeNull();
      const sent = { slug: "nao", clause: "4.3", startKey: "a", reason: REASON };
      expect(await considerDebt(actor, sent)).toEqual({ code: "not-found" });
    }
    expect(await getClauseDebt(owner, "nao", "99.9")).toBeNull();
    expect(await getClauseDebt(owner, "model", "4.3")).toBeNull();
  });

  it("agrees with looking through all approvals", async () => {
    const approval = fc.record({
      days: fc.integer({ min: 0, max: 800 }),
      extension: fc.integer({ min: 0, max: 5 }),
      isOver: fc.boolean(),
    });
    const before = fc.option(fc.record({ approvals: fc.nat(8), extension: fc.nat(5) }));
    const version = fc.constantFrom("", "2020-01-01", "2026-06-01", "2026-11-10");
    await fc.assert(
      fc.asyncProperty(fc.array(approval, { maxLength: 12 }), before, version, async (all, considered, day) => {
        const { prisma } = database();
        await prisma.exception.deleteMany();
        const at = (days: number) => new Date(NOW.getTime() - days * 864e5 - 1000);
        const rows = all.map(({ days, extension, isOver }) => {
          const times = {
            decidedAt: at(days),
            startsAt: at(days + 1),
            endsAt: new Date(NOW.getTime() + (isOver ? -1 : 1)),
          };
          return { ...times, extension };
        });
        await addStoredExceptions(database(), "asker", rows);
        const limits = debtLimits(considered);
        const from = startOfDay(addMonths(calendarDay(NOW), -12));
        const [found] = await listClauseApprovals(prisma, {
          body: "nao",
          now: NOW,
          from,
          limits: considered ? [{ policy: "nao", clause: "4.3", limits }] : [],
          versions: day === "" ? [] : [{ policy: "nao", at: startOfDay(day) }],
        });
        // The same in words of one approval.
        const sorted = rows.toSorted((a, b) => a.decidedAt.getTime() - b.decidedAt.getTime());
        const recent = sorted.filter(({ decidedAt }) => decidedAt >= from);
        const there = sorted.filter(
          ({ decidedAt, endsAt, extension }) => decidedAt >= from || (endsAt > NOW && extension >= 3),
        );
        const last = there.at(-1)?.decidedAt;
        const isNew = day !== "" && last !== undefined && last < startOfDay(day);
        const isDebt =
          recent.length >= limits.approvals || there.some(({ extension }) => extension >= limits.extension);
        const debt = found ? policyDebt(found, day) : null;
        expect(debt !== null).toBe(isDebt && !isNew);
        if (debt) {
          expect(debt.approvals).toBe(recent.length);
          expect(there.map(({ decidedAt }) => decidedAt)).toContainEqual(debt.since);
          if (day !== "" && last && last >= startOfDay(day)) expect(debt.since >= startOfDay(day)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});
