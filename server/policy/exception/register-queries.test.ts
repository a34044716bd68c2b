import fc from "fast-check";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { endOfDay, startOfDay } from "#domain/base/calendar/calendar.ts";
import type { ListPage } from "#domain/base/list/page.ts";
import { levelOf } from "#domain/base/risk/risk.ts";
import {
  lastDayOfException,
  readRegisterFilter,
  readRegisterOrder,
  REGISTER_ORDERS,
  type ExceptionRegisterFilter,
  type RegisterOrder,
} from "#domain/policy/exception/register.ts";
import { EXCEPTION_STATES } from "#domain/policy/exception/state.ts";
import { clock } from "#server/base/clock.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { completeDraft, exceptionAwaitingApproval, HIGH_RISK } from "#server/testing/exceptions.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { addStoredExceptions, storedReference } from "#server/testing/stored-exceptions.ts";
import { saveRisk, saveWho, saveWhy } from "./draft-service.ts";
import {
  getExceptionRegister,
  MOST_REGISTER_CHOICES,
  type ExceptionRegister,
  type RegisterEntry,
} from "./register-queries.ts";
import { findException } from "./repository.ts";
import { approveException, requestChanges, revokeException, submitException, withdrawException } from "./service.ts";

const NOW = new Date("2026-11-23T10:00:00Z");
const ALL = readRegisterFilter({});

type RowOf<Arbitrary> = Arbitrary extends fc.Arbitrary<infer Row> ? Row : never;

describeOnEachDatabase("the register of exceptions", (database) => {
  let asker: Actor;
  let officer: Actor;
  let auditor: Actor;
  beforeEach(async () => {
    vi.spyOn(clock, "now").mockReturnValue(NOW);
    asker = await addPerson(database(), "asker", { team: await addTeam(database(), "fraud") });
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    auditor = await addPerson(database(), "auditor", { roles: ["auditor"] });
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const readAll = async (filter: ExceptionRegisterFilter, order: RegisterOrder = "newest") => {
    const rows: RegisterEntry[] = [];
    for (let cursor: { after: string } | null = null; ;) {
      const register: ExceptionRegister | null = await getExceptionRegister(auditor, filter, order);
      const page: ListPage<RegisterEntry> | undefined = await register?.page(cursor);
      rows.push(...(page?.rows ?? []));
      if (!page?.after || !("after" in page.after)) return rows;
      cursor = page.after;
    }
  };
  const numbers = async (query: Record<string, string>, order?: RegisterOrder) =>
    (await readAll(readRegisterFilter(query), order)).map(({ exception: { id } }) => Number(id.slice(1)));

  const row = (number: number, more: Partial<Prisma.ExceptionUncheckedCreateInput> = {}) => ({
    createdAt: new Date(NOW.getTime() - number * 60_000),
    ...more,
  });

  it("filters by state, risk, policy, clause, team, last month, decider and words", async () => {
    const bob = await addPerson(database(), "bob", { team: await addTeam(database(), "audit") });
    const undecided = { decidedAt: null, startsAt: null, endsAt: null };
    await addStoredExceptions(database(), asker.personId, [
      row(0, { state: "submitted", ...undecided, residual: null }),
      row(1, { endsAt: endOfDay("2027-03-31"), residual: 15, clauses: ["3.1", "4.3"], decidedById: "officer" }),
      row(2, { endsAt: endOfDay("2026-11-22"), policy: "other", residual: 5 }),
      row(3, {
        state: "revoked",
        endsAt: endOfDay("2027-03-30"),
        requesterId: bob.personId,
        justification: "🙂 50% of_it",
      }),
      row(4, { state: "draft", ...undecided }),
      row(5, { state: "declined", ...undecided, decidedAt: NOW, decidedById: "auditor" }),
      row(6, { state: "withdrawn", startsAt: endOfDay("2026-12-01"), endsAt: NOW }), // before its first day: it was never in force
    ]);
    for (const [query, found] of [
      [{}, [0, 1, 2, 3, 5, 6]],
      [{ state: "approved" }, [1]],
      [{ state: "expired" }, [2]],
      [{ state: "declined" }, [5]],
      [{ level: "high" }, [1]],
      [{ level: "medium" }, [3, 5, 6]],
      [{ level: "low" }, [2]],
      [{ policy: "other" }, [2]],
      [{ clause: "3.1" }, [1]],
      [{ clause: "3" }, []],
      [{ team: "audit" }, [3]],
      [{ team: "TEAM FR" }, [0, 1, 2, 5, 6]],
      [{ ends: "2027-03" }, [1, 3]],
      [{ ends: "2026-11" }, [2]],
      [{ decider: "officer" }, [1]],
      [{ decider: "person AUD" }, [5]],
      [{ q: storedReference(2).toLowerCase() }, [2]],
      [{ q: storedReference(2).replaceAll("-", " ") }, [2]],
      [{ q: "PERSON BOB" }, [3]],
      [{ q: "0% of_i" }, [3]],
      [{ q: "🙂", state: "revoked" }, [3]],
      [{ q: "%" }, [3]],
      [{ q: "\0" }, [0, 1, 2, 3, 5, 6]],
    ] as const)
      expect(await numbers(query), JSON.stringify(query)).toEqual(found);
    const register = await getExceptionRegister(auditor, readRegisterFilter({ ends: "2027-03" }));
    expect(register).toMatchObject({ all: 6, found: 2, risks: { state: "approved", count: 1 } });
    expect(register?.endings.filter(({ count }) => count > 0)).toEqual([{ month: "2027-03", count: 1 }]);
    const values = register?.values.map(({ kind, value, label }) => `${kind} ${value} ${label}`).sort();
    expect(values).toEqual([
      "clause 3.1 null",
      "clause 4.3 null",
      "decider auditor Person auditor",
      "decider officer Person officer",
      "month 2026-11 null",
      "month 2027-03 null",
      "policy nao null",
      "policy other null",
      "team audit Team audit",
      "team fraud Team fraud",
    ]);
  });

  it("counts the endings of the next twelve months, and of later ones in which any ends", async () => {
    await addStoredExceptions(database(), asker.personId, [
      row(0, { startsAt: endOfDay("2027-10-31"), endsAt: endOfDay("2028-10-31") }),
      row(1, { endsAt: endOfDay("2028-02-29") }),
      row(2, { endsAt: endOfDay("2027-03-31") }),
    ]);
    const { endings = [] } = (await getExceptionRegister(auditor, readRegisterFilter({}))) ?? {};
    expect(endings).toHaveLength(15);
    expect(endings.filter(({ count }) => count > 0).map(({ month }) => month)).toEqual([
      "2027-03",
      "2028-02",
      "2028-10",
    ]);
  });

  it("sorts by every order, and its pages hold each once, both ways", async () => {
    const days = Array.from(
      { length: 40 },
      (_, number) => new Date(startOfDay("2026-10-01").getTime() + (number % 7) * 864e5),
    );
    await addStoredExceptions(
      database(),
      asker.personId,
      days.map((day, number) => ({
        createdAt: day,
        submittedAt: day,
        residual: number % 4 === 0 ? null : (number % 5) + 1,
        decidedAt: number % 3 === 0 ? null : day,
        ...(number % 6 === 0 ? { state: "declined" as const, startsAt: null, endsAt: null } : { startsAt: day }),
        ...(number % 6 !== 0 && { endsAt: new Date(NOW.getTime() + (number % 9) * 864e5) }),
      })),
    );
    const keyOf: Record<RegisterOrder, (entry: RegisterEntry) => number | string> = {
      newest: ({ exception: { createdAt } }) => -createdAt.getTime(),
      reference: ({ exception: { reference } }) => reference,
      ends: (entry) => lastDayOfException(entry) ?? "9999",
      risk: ({ exception: { residual } }) => -(residual ?? 0),
      sent: ({ exception: { submittedAt } }) => -(submittedAt?.getTime() ?? 0),
      decided: ({ exception: { decidedAt } }) => -(decidedAt?.getTime() ?? 0),
    };
    for (const name of Object.keys(REGISTER_ORDERS)) {
      const order = readRegisterOrder({ sort: name });
      const rows = await readAll(ALL, order);
      expect(new Set(rows.map(({ exception: { id } }) => id)).size, order).toBe(40);
      const keys = rows.map(keyOf[order]);
      expect(keys, order).toEqual([...keys].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
      const [from, ...others] = rows.slice(26).map(({ exception: { reference } }) => reference);
      const back = await (await getExceptionRegister(auditor, ALL, order))?.page({ before: from ?? "" });
      expect(
        back?.rows.map(({ exception }) => exception.reference),
        order,
      ).toEqual(rows.slice(1, 26).map(({ exception }) => exception.reference));
      expect(others).toHaveLength(13);
    }
    const elsewhere = await addPerson(database(), "elsewhere", { body: "nottingham", roles: ["auditor"] });
    const place = { after: storedReference(3) };
    expect((await (await getExceptionRegister(elsewhere, ALL, "risk"))?.page(place))?.rows).toEqual([]);
  });

  it("counts each request once, by its worst risk and, if equal, the one with more impact", async () => {
    await addStoredExceptions(database(), asker.personId, [row(0), row(1), row(2, { state: "submitted" }), row(3)]);
    const risk = (exception: number, position: number, likelihoodAfter: number, impactAfter: number) => ({
      id: `r${exception}${position}`,
      exceptionId: `e00000${exception}`,
      position,
      description: "Lost.",
      likelihoodBefore: 5,
      impactBefore: 5,
      likelihoodAfter,
      impactAfter,
    });
    await database().prisma.exceptionRisk.createMany({
      data: [risk(0, 0, 4, 2), risk(0, 1, 2, 4), risk(0, 2, 1, 5), risk(1, 0, 2, 3), risk(2, 0, 5, 5)],
    });
    const risksOf = async (query: Record<string, string>) => {
      const risks = (await getExceptionRegister(auditor, readRegisterFilter(query)))?.risks;
      return [risks?.count, risks?.countAt(2, 4), risks?.countAt(4, 2), risks?.countAt(2, 3), risks?.countAt(5, 5)];
    };
    expect(await risksOf({})).toEqual([3, 1, 0, 1, 0]);
    expect(await risksOf({ state: "submitted" })).toEqual([1, 0, 0, 0, 1]);
  });

  it("finds, counts and shows what was last sent while a request is being changed, and after it was withdrawn", async () => {
    const reference = await exceptionAwaitingApproval(asker, "a");
    const revision = (await findException(database().prisma, "nao", reference))?.revision ?? 0;
    expect(await requestChanges(officer, reference, revision, "Say more.", {})).toEqual({ ok: true });
    const part = { clauses: ["4.3"], justification: "Half a sen", whyNoChannel: "", dataInvolved: "" };
    expect(await saveWhy(asker, reference, part, true)).toEqual({ ok: true });
    expect(await saveRisk(asker, reference, null, HIGH_RISK)).toEqual({ ok: true });
    await database().prisma.exception.update({ where: { reference }, data: { clauses: ["4.4"] } });
    const found = async (actor: Actor, query: Record<string, string>) =>
      (await getExceptionRegister(actor, readRegisterFilter(query)))?.found;
    const roles = ["governance-officer" as const];
    for (const state of ["changes-requested", "withdrawn"]) {
      for (const query of [{ q: "Partners" }, { clause: "4.3" }, { level: "medium" }, { state }])
        expect(await found(officer, query), JSON.stringify(query)).toBe(1);
      for (const query of [{ q: "Half a sen" }, { clause: "4.4" }, { level: "high" }])
        expect(await found(officer, query), JSON.stringify(query)).toBe(0);
      const register = await getExceptionRegister(officer, readRegisterFilter({ state }));
      expect((await register?.page(null))?.rows).toMatchObject([
        { state, exception: { justification: "Partners ask for it.", residual: 6, clauses: ["4.3"] } },
      ]);
      expect([register?.risks.countAt(2, 3), register?.risks.countAt(4, 5)]).toEqual([1, 0]);
      expect(register?.values.filter(({ kind }) => kind === "clause").map(({ value }) => value)).toEqual(["4.3"]);
      // Whoever changes it reads what they typed.
      expect(await found({ ...asker, roles }, { q: "Half a sen", level: "high" })).toBe(1);
      if (state === "changes-requested")
        expect(await withdrawException(asker, reference, "Never mind.")).toEqual({ ok: true });
    }
  });

  it("is a file of all that match, newest first, in batches, with what each extends", async () => {
    const rows = Array.from({ length: 1100 }, (_, number) => row(number, { residual: number % 2 === 0 ? 6 : 20 }));
    rows[2] = row(2, { extendsId: "e000004", extension: 1 });
    rows[6] = row(6, { extendsId: null, extension: 2 });
    await addStoredExceptions(database(), asker.personId, rows);
    const file: RegisterEntry[] = [];
    for await (const entry of (await getExceptionRegister(auditor, readRegisterFilter({ level: "medium" })))?.every() ??
      [])
      file.push(entry);
    expect(file.map(({ exception: { id } }) => Number(id.slice(1)))).toEqual(
      Array.from({ length: 550 }, (_, at) => at * 2),
    );
    expect(file.slice(0, 4).map(({ extends: earlier, extension }) => [earlier, extension])).toEqual([
      [null, 0],
      [storedReference(4), 1],
      [null, 0],
      [null, 2],
    ]);
  });

  it("offers a name to type where there are too many teams", async () => {
    const data = Array.from({ length: 60 }, (_, at) => ({ id: `t${at}`, body: "nao", name: `Team ${at}` }));
    await database().prisma.team.createMany({ data });
    for (const { id } of data) await addPerson(database(), `of ${id}`, { team: id });
    await addStoredExceptions(
      database(),
      asker.personId,
      data.map(({ id }) => ({ requesterId: `of ${id}` })),
    );
    const values = (await getExceptionRegister(auditor, ALL))?.values ?? [];
    expect(values.filter(({ kind }) => kind === "team")).toHaveLength(MOST_REGISTER_CHOICES + 1);
  });

  it("has no last day of one that was revoked or withdrawn before its first", async () => {
    for (const [key, end] of [
      ["one", (reference: string) => revokeException(officer, reference, "Not needed.")],
      ["two", (reference: string) => withdrawException(asker, reference, "Not needed.")],
    ] as const) {
      const reference = await completeDraft(asker, key);
      const days = { wantedFrom: "2026-12-01", wantedUntil: "2026-12-23" };
      await saveWho(asker, reference, { scope: "person", teamId: null, groupId: null, ...days });
      expect(await submitException(asker, reference)).toEqual({ ok: true });
      const revision = (await findException(database().prisma, "nao", reference))?.revision ?? 0;
      const approval = { reason: "It helps.", conditions: [], until: days.wantedUntil };
      expect(await approveException(officer, reference, revision, approval)).toEqual({ ok: true });
      expect(await end(reference)).toEqual({ ok: true });
    }
    const register = await getExceptionRegister(auditor, ALL);
    expect((await register?.page(null))?.rows.map((entry) => [entry.state, lastDayOfException(entry)]).sort()).toEqual([
      ["revoked", null],
      ["withdrawn", null],
    ]);

    expect(register?.values.filter(({ kind }) => kind === "month")).toEqual([]);
  });

  it("is for officers and auditors, each of their own body", async () => {
    await addStoredExceptions(database(), asker.personId, [row(0)]);
    const senior = await addPerson(database(), "senior", { roles: ["senior-information-risk-owner"] });
    const owner = await addPerson(database(), "owner", { roles: ["policy-owner", "line-manager"] });
    for (const actor of [asker, senior, owner]) {
      expect(await getExceptionRegister(actor, ALL)).toBeNull();
    }
    const roles = ["governance-officer" as const, "auditor" as const];
    const elsewhere = await addPerson(database(), "elsewhere", { body: "nottingham", roles });
    expect(await getExceptionRegister(elsewhere, ALL)).toMatchObject({
      all: 0,
      found: 0,
      values: [],
    });
    expect((await (await getExceptionRegister(elsewhere, ALL))?.page(null))?.rows).toEqual([]);
    for await (const _ of (await getExceptionRegister(elsewhere, ALL))?.every() ?? [])
      throw new Error("Another body's.");
  });

  it("agrees with the rules of one request, for any requests and filters", async () => {
    const moment = fc.integer({ min: -400, max: 400 }).map((days) => new Date(NOW.getTime() + days * 864e5));
    const states = EXCEPTION_STATES.filter((state) => state !== "expired");
    const request = fc.record({
      state: fc.constantFrom(...states).map((state) => (state === "changes-requested" ? "changes_requested" : state)),
      policy: fc.constantFrom("nao", "other"),
      clauses: fc.subarray(["3.1", "4.3", "4.4"]),
      residual: fc.option(fc.integer({ min: 1, max: 25 })),
      period: fc.tuple(moment, fc.integer({ min: 1, max: 400 })),
      isDecided: fc.boolean(),
      createdAt: moment,
    });
    const stored = ({ period: [startsAt, days], isDecided, ...row }: RowOf<typeof request>) => {
      const endsAt = new Date(startsAt.getTime() + days * 864e5);
      return isDecided || row.state === "approved" ? { ...row, startsAt, endsAt } : { ...row, startsAt: null, endsAt };
    };
    const query = fc.record(
      {
        state: fc.constantFrom(...EXCEPTION_STATES),
        level: fc.constantFrom("low", "medium", "high"),
        policy: fc.constantFrom("nao", "other"),
        clause: fc.constantFrom("3.1", "4.4"),
        ends: fc.constantFrom("2026-10", "2027-03"),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(request, { maxLength: 60 }), query, async (rows, typed) => {
        await database().prisma.exception.deleteMany();
        await addStoredExceptions(database(), asker.personId, rows.map(stored));
        const filter = readRegisterFilter(typed);
        const every = await readAll(ALL);
        expect(every).toHaveLength(rows.filter(({ state }) => state !== "draft").length);
        const wanted = every.filter(
          (entry) =>
            (filter.state === "" || entry.state === filter.state) &&
            (filter.level === "" ||
              (entry.exception.residual !== null && levelOf(entry.exception.residual) === filter.level)) &&
            (filter.policy === "" || entry.exception.policy === filter.policy) &&
            (filter.clause === "" || entry.exception.clauses.includes(filter.clause)) &&
            (filter.ends === "" || lastDayOfException(entry)?.slice(0, 7) === filter.ends),
        );
        expect(await readAll(filter)).toEqual(wanted);
        expect((await getExceptionRegister(auditor, filter))?.found).toBe(wanted.length);
      }),
      { numRuns: 15 },
    );
  });
});
