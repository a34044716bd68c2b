import fc from "fast-check";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type Actor, ROLES } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay, startOfDay } from "#domain/base/calendar/calendar.ts";
import { FOLLOW_UP_STATES, type FollowUpState } from "#domain/policy/acknowledgement/person-state.ts";
import type { Asked, PageCursor } from "#domain/base/list/page.ts";
import { clock } from "#server/base/clock.ts";
import { PERSON_KINDS } from "#domain/access/identity/person.ts";
import type { AudiencePart } from "#domain/policy/campaign/audience.ts";
import { listOwnPolicies } from "#server/policy/policy/queries.ts";
import { listAskedPolicies, listPeopleToAsk, stateOfPersonToday } from "./asking-queries.ts";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { getFollowUp, readFollowUp, readFollowUpFilter } from "./follow-up-queries.ts";
import { listAcknowledgementAnswers } from "./repository.ts";

const ALL = readFollowUpFilter({});
const DAY_MS = 24 * 60 * 60_000;

describeOnEachDatabase("following up who has answered", (database) => {
  let officer: Actor;
  const now = clock.now();
  const today = calendarDay(now);

  beforeEach(async () => {
    await serveVersions("nao", [
      { version: "2", material: true },
      { version: "2.1", material: false },
    ]);
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await serveVersions("nao", []);
  });

  const hashOf = async (version: string) => {
    const [policy] = (await listOwnPolicies(officer)).filter(({ slug }) => slug === "nao");
    return policy?.counting.find((one) => one.version === version)?.hash ?? "0".repeat(64);
  };
  let count = 0;
  const answer = async (
    personId: string,
    version: string,
    given: "accepted" | "declined",
    more: { repliedAt?: Date; attempt?: number } = {},
  ) => {
    const id = `answer-${++count}`;
    await database().prisma.acknowledgement.create({
      data: {
        id,
        reference: `ACK-${id}`,
        body: "nao",
        personId,
        policy: "nao",
        version,
        statement: "I have read it.",
        hash: await hashOf(version),
        attempt: more.attempt ?? 1,
        answer: given,
        givenAt: now,
        reason: given === "declined" ? "No." : null,
        reply: more.repliedAt ? "Yes." : null,
        repliedAt: more.repliedAt ?? null,
        repliedById: more.repliedAt ? "officer" : null,
      },
    });
  };
  const page = async (asked: Asked = {}, cursor: PageCursor = null) =>
    (await getFollowUp(officer, { policy: "nao", ...asked }))?.page(cursor);
  const stateOf = async (id: string): Promise<FollowUpState | undefined> => {
    const people = await page();
    return people?.rows.find((one) => one.id === id)?.state;
  };

  const anyDay = fc.integer({ min: -60, max: 40 }).map((days) => addDays(today, days));
  const campaignOf = async (audience: readonly AudiencePart[], { startedDaysAgo = 20, workingDays = 5 } = {}) => {
    const reference = `CAM-${++count}`;
    const version = "2";
    await database().prisma.campaign.create({
      data: {
        id: reference,
        reference,
        startKey: reference,
        body: "nao",
        policy: "nao",
        version,
        hash: await hashOf(version),
        state: "running",
        workingDays,
        remindBefore: [1],
        checksUnderstanding: false,
        readingMinutes: 0,
        targetPercent: 90,
        createdAt: now,
        createdById: "officer",
        startedAt: new Date(now.getTime() - startedDaysAgo * DAY_MS),
        startedById: "officer",
        audience: { create: audience.map((part) => ({ ...part })) },
      },
    });
    return reference;
  };

  const anybody = fc.record({
    inTeam: fc.boolean(),
    kind: fc.constantFrom(...PERSON_KINDS),
    role: fc.constantFrom("employee" as const, "line-manager" as const),
    enteredDaysAgo: fc.nat(60),
    startsIn: fc.option(fc.integer({ min: -60, max: 20 })),
    returned: fc.option(anyDay, { freq: 5 }),
    since: fc.option(fc.integer({ min: -60, max: 0 }).map((days) => addDays(today, days))),
    absences: fc.array(fc.tuple(anyDay, fc.nat(25)), { maxLength: 2 }),
    exempt: fc.option(fc.record({ ended: fc.boolean(), lastDay: fc.option(anyDay) }), { freq: 3 }),
    history: fc.array(
      fc.record({
        version: fc.constantFrom("1", "2", "2.1"),
        given: fc.constantFrom("accepted" as const, "declined" as const),
        repliedDaysAgo: fc.option(fc.nat(40), { freq: 1 }),
      }),
      { maxLength: 3 },
    ),
  });

  /** Adds somebody with that history. */
  const addAnybody = async (id: string, one: typeof anybody extends fc.Arbitrary<infer T> ? T : never) => {
    const { prisma } = database();
    await addPerson(database(), id, { team: one.inTeam ? "team" : null, roles: [one.role] });
    const { since } = one;
    await prisma.person.update({
      where: { id },
      data: {
        createdAt: new Date(now.getTime() - one.enteredDaysAgo * DAY_MS),
        startsOn: one.startsIn === null ? null : addDays(today, one.startsIn),
        kind: one.kind,
        returnedOn: one.returned,
      },
    });
    await prisma.person.update({
      where: { id },
      data: { teamSince: since, kindSince: since, employerSince: since, rolesSince: { [one.role]: since } },
    });
    for (const [number, [firstDay, length]] of one.absences.entries())
      await prisma.absence.create({
        data: {
          id: `${id}-${number}`,
          body: "nao",
          personId: id,
          firstDay,
          lastDay: addDays(firstDay, length),
          source: "form",
          recordedAt: now,
        },
      });
    if (one.exempt)
      await prisma.exemption.create({
        data: {
          id,
          body: "nao",
          personId: id,
          policy: "nao",
          reason: "On a long secondment.",
          lastDay: one.exempt.lastDay,
          givenAt: now,
          givenById: "officer",
          endedAt: one.exempt.ended ? now : null,
        },
      });
    const attempts = new Map<string, number>();
    for (const { version, given, repliedDaysAgo } of one.history) {
      const attempt = (attempts.get(version) ?? 0) + 1;
      attempts.set(version, attempt);
      const isReplied = given === "declined" && repliedDaysAgo !== null;
      const repliedAt = new Date(now.getTime() - (repliedDaysAgo ?? 0) * DAY_MS);
      await answer(id, version, given, { attempt, ...(isReplied && { repliedAt }) });
    }
  };

  /** Holds what the database says of everybody against what the rule says. @returns the states that there were */
  const compareStates = async (): Promise<FollowUpState[]> => {
    const { prisma } = database();
    const [policy] = (await listAskedPolicies(officer)).filter(({ slug }) => slug === "nao");
    if (!policy) throw new Error("There is no policy.");
    const people = await prisma.person.findMany({ where: { body: "nao", status: "active" } });
    const ids = people.map(({ id }) => id);
    const [answersOf, toAsk] = await Promise.all([
      listAcknowledgementAnswers(prisma, ids, ["nao"]),
      listPeopleToAsk(prisma, ids),
    ]);
    const found = new Map<string, unknown>();
    for await (const { id, state, due } of (await readFollowUp(officer, "nao", ALL, "body"))?.people ?? [])
      found.set(id, [state, due]);
    const counts = new Map<FollowUpState, number>();
    for (const { id } of people) {
      const person = toAsk.get(id);
      if (!person) throw new Error("Somebody is missing.");
      const { state, due } = stateOfPersonToday(policy, person, answersOf(id, "nao"));
      counts.set(state, (counts.get(state) ?? 0) + 1);
      expect(found.get(id), id).toEqual([state, due]);
    }
    expect((await getFollowUp(officer, { policy: "nao" }))?.counts).toEqual(counts);
    return [...counts.keys()];
  };

  it("gives each person the state that the rule gives, and counts them the same, with and without campaigns", async () => {
    await addTeam(database(), "team");
    const servedAt = new Date(now.getTime() - 60 * DAY_MS);
    for (const version of ["2", "2.1"])
      await database().prisma.policyRelease.create({
        data: { policy: "nao", version, hash: await hashOf(version), body: "nao", servedAt },
      });
    for (const [number, one] of fc.sample(anybody, { numRuns: 70, seed: 20_261_130 }).entries())
      await addAnybody(`r${number}`, one);
    const seen = new Set<FollowUpState>(await compareStates());
    const audiences: AudiencePart[][] = [
      [{ kind: "team", value: "team" }],
      [
        { kind: "role", value: "line-manager" },
        { kind: "kind", value: "vendor" },
      ],
      [{ kind: "employer", value: "National Audit Office" }],
      [
        { kind: "person", value: "r1" },
        { kind: "person", value: "r2" },
      ],
      [{ kind: "body", value: "" }],
    ];
    for (const [number, audience] of audiences.entries()) {
      await campaignOf(audience, { startedDaysAgo: 5 * number, workingDays: 3 + 4 * number });
      for (const state of await compareStates()) seen.add(state);
    }
    await database().prisma.campaign.updateMany({ data: { state: "stopped" } });
    expect(new Set(await compareStates())).toEqual(new Set(["acknowledged", "not-asked"]));
    expect([...seen].sort()).toEqual([...FOLLOW_UP_STATES].sort());
  });

  it("lets a joiner have their whole time, and asks nothing of who has not begun", async () => {
    await addPerson(database(), "joiner");
    const { prisma } = database();
    await prisma.person.update({ where: { id: "joiner" }, data: { startsOn: addDays(today, 3) } });
    expect(await stateOf("joiner")).toBe("not-asked");
    vi.spyOn(clock, "now").mockReturnValue(new Date(startOfDay(addDays(today, 3)).getTime() + DAY_MS / 2));
    expect(await stateOf("joiner")).toBe("pending");
    await prisma.person.update({ where: { id: "joiner" }, data: { status: "left" } });
    expect(await stateOf("joiner")).toBeUndefined();
  });

  it("filters by state, team, kind and the beginnings of names, and tells two of one name apart", async () => {
    const team = await addTeam(database(), "team");
    for (const id of ["one", "two"]) await addPerson(database(), id, { team });
    await addPerson(database(), "three");
    const { prisma } = database();
    await prisma.person.updateMany({ where: { id: { in: ["one", "two"] } }, data: { name: "Pat Same-Name" } });
    await prisma.person.update({ where: { id: "three" }, data: { kind: "contractor" } });
    await answer("two", "2.1", "accepted");
    const names = async (query: Record<string, string>) => (await page(query))?.rows.map(({ id }) => id).sort();
    expect(await names({ team: "team" })).toEqual(["one", "two"]);
    expect(await names({ team: "team", state: "acknowledged" })).toEqual(["two"]);
    expect(await names({ kind: "contractor" })).toEqual(["three"]);
    expect(await names({ q: "pat na" })).toEqual(["one", "two"]);
    expect(await names({ q: "ame" })).toEqual([]);
    expect(await names({ q: "%" })).toEqual([]);
    expect(await names({ employer: "nobody" })).toEqual([]);
    const same = (await page({ q: "pat" }))?.rows ?? [];
    expect(new Set(same.map(({ email }) => email)).size).toBe(2);
  });

  it("finds names by plain letters, and one person by the whole e-mail address", async () => {
    for (const id of ["sian", "neil"]) await addPerson(database(), id);
    await database().prisma.person.update({ where: { id: "sian" }, data: { name: "Siân O’Neill" } });
    const found = async (q: string) => (await page({ q }))?.rows.map(({ id }) => id);
    for (const q of ["sian", "SIÂN O'N", "oneill", "O’Neill", " Sian@NAO.invalid "])
      expect([q, await found(q)]).toEqual([q, ["sian"]]);
    for (const q of ["nobody@nao.invalid", "'", "sian neil sam"]) expect([q, await found(q)]).toEqual([q, []]);
  });

  it("orders by name, by the last day and by team, page after page", async () => {
    await addTeam(database(), "a");
    await addTeam(database(), "b");
    for (let number = 10; number < 75; number++) {
      await addPerson(database(), `p${number}`, { team: number % 3 === 0 ? "a" : number % 3 === 1 ? "b" : null });
      const createdAt = new Date(now.getTime() - (number % 7) * DAY_MS);
      await database().prisma.person.update({ where: { id: `p${number}` }, data: { createdAt } });
    }
    await answer("p20", "2.1", "accepted");
    for (const sort of ["name", "due", "team"] as const) {
      const first = await page({ sort });
      const second = await page({ sort }, first?.after ?? null);
      const rows = [...(first?.rows ?? []), ...(second?.rows ?? [])];
      expect(new Set(rows.map(({ id }) => id)).size).toBe(50);
      const keyOf = ({ name, due, team }: (typeof rows)[number]) =>
        `${sort === "due" ? (due ?? "9999") : sort === "team" ? (team ?? "") : ""} ${name}`;
      expect(rows.map(keyOf)).toEqual(rows.map(keyOf).sort());
      const back = await page({ sort }, second?.before ?? null);
      expect(back?.rows.map(({ id }) => id)).toEqual(first?.rows.map(({ id }) => id));
    }
  });

  it("is for officers and policy owners of the body, and for line managers their own people", async () => {
    const manager = await addPerson(database(), "manager", { roles: ["line-manager"] });
    const team = await addTeam(database(), "own", { managerId: "manager" });
    await addPerson(database(), "mine", { team });
    for (const role of ROLES) {
      const actor = await addPerson(database(), `a-${role}`, { roles: [role] });
      const sees = (await getFollowUp(actor, { policy: "nao" })) !== null;
      expect([role, sees]).toEqual([role, role === "governance-officer" || role === "policy-owner"]);
    }
    const own: string[] = [];
    for await (const { id } of (await readFollowUp(manager, "nao", ALL, "team"))?.people ?? []) own.push(id);
    expect(own).toEqual(["mine"]);
    expect(await readFollowUp(officer, "nottingham", ALL, "body")).toBeNull();
    expect(await readFollowUp(officer, "nao", ALL, "team")).toBeNull();
    expect(await readFollowUp(manager, "nao", ALL, "body")).toBeNull();
  });
});
