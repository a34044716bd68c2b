import fc from "fast-check";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Actor } from "#domain/access/permission/actor.ts";
import { ROLES } from "#domain/access/permission/role.ts";
import { joinedAt } from "#domain/access/identity/person.ts";
import { addDays, calendarDay, startOfDay } from "#domain/base/calendar/calendar.ts";
import { acknowledgementStateOf, answerDueDay } from "#domain/policy/acknowledgement/acknowledgement.ts";
import { FOLLOW_UP_STATES, followUpStateOf, type FollowUpState } from "#domain/policy/acknowledgement/person-state.ts";
import { clock } from "#server/base/clock.ts";
import { listOwnPolicies } from "#server/policy/policy/queries.ts";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { getFollowUp, policyToFollowUp, readFollowUp, readFollowUpFilter } from "./follow-up-queries.ts";
import { listAcknowledgementAnswers } from "./report-repository.ts";

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
  const stateOf = async (id: string): Promise<FollowUpState | undefined> => {
    const found = await getFollowUp(officer, "nao", ALL, null);
    return found?.people.rows.find((one) => one.id === id)?.state;
  };

  it("gives each person the state that the rule gives, and counts them the same", async () => {
    await addTeam(database(), "team");
    const servedAt = new Date(now.getTime() - 60 * DAY_MS);
    for (const version of ["2", "2.1"])
      await database().prisma.policyRelease.create({
        data: { policy: "nao", version, hash: await hashOf(version), body: "nao", servedAt },
      });
    const history = fc.record({
      version: fc.constantFrom("1", "2", "2.1"),
      given: fc.constantFrom("accepted" as const, "declined" as const),
      repliedDaysAgo: fc.option(fc.nat(40)),
    });
    const anybody = fc.record({
      inTeam: fc.boolean(),
      enteredDaysAgo: fc.nat(60),
      startsIn: fc.option(fc.integer({ min: -60, max: 20 })),
      history: fc.array(history, { maxLength: 3 }),
    });
    for (const [number, one] of fc.sample(anybody, { numRuns: 50, seed: 20_261_130 }).entries()) {
      const id = `r${number}`;
      await addPerson(database(), id, { team: one.inTeam ? "team" : null });
      const createdAt = new Date(now.getTime() - one.enteredDaysAgo * DAY_MS);
      const startsOn = one.startsIn === null ? null : addDays(today, one.startsIn);
      await database().prisma.person.update({ where: { id }, data: { createdAt, startsOn } });
      const attempts = new Map<string, number>();
      for (const { version, given, repliedDaysAgo } of one.history) {
        const attempt = (attempts.get(version) ?? 0) + 1;
        attempts.set(version, attempt);
        const isReplied = given === "declined" && repliedDaysAgo !== null;
        const repliedAt = new Date(now.getTime() - (repliedDaysAgo ?? 0) * DAY_MS);
        await answer(id, version, given, { attempt, ...(isReplied && { repliedAt }) });
      }
    }
    const [policy] = (await listOwnPolicies(officer)).filter(({ slug }) => slug === "nao");
    if (!policy) throw new Error("There is no policy.");
    const { soonUntil } = policyToFollowUp(officer, policy);
    const people = await database().prisma.person.findMany({ where: { body: "nao", status: "active" } });
    const answersOf = await listAcknowledgementAnswers(
      database().prisma,
      people.map(({ id }) => id),
      ["nao"],
    );
    const counts = new Map<FollowUpState, number>();
    const found = new Map<string, unknown>();
    for await (const { id, state, due } of (await readFollowUp(officer, "nao", ALL, "body"))?.people ?? [])
      found.set(id, [state, due]);
    for (const { id, createdAt, startsOn } of people) {
      const given = answersOf(id, "nao");
      const standing = acknowledgementStateOf(given, policy.counting);
      const earlier = standing.kind === "outstanding" ? standing.earlier : null;
      const due = answerDueDay(policy.counting, joinedAt({ entered: createdAt, startsOn }), earlier);
      const isCounted = (version: string, hash: string) =>
        policy.counting.some((one) => one.version === version && one.hash === hash);
      const state = followUpStateOf(
        {
          hasBegun: startsOn === null || startsOn <= today,
          answer: standing.kind,
          hasAcceptedEarlier: given.some((one) => one.answer === "accepted" && !isCounted(one.version, one.hash)),
          due,
        },
        { today, soonUntil },
      );
      counts.set(state, (counts.get(state) ?? 0) + 1);
      expect(found.get(id), id).toEqual([state, state === "acknowledged" || state === "declined" ? null : due]);
    }
    expect((await getFollowUp(officer, "nao", ALL, null))?.counts).toEqual(counts);
    expect([...counts.keys()].sort()).toEqual([...FOLLOW_UP_STATES].sort());
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
    const names = async (query: Record<string, string>) =>
      (await getFollowUp(officer, "nao", readFollowUpFilter(query), null))?.people.rows.map(({ id }) => id).sort();
    expect(await names({ team: "team" })).toEqual(["one", "two"]);
    expect(await names({ team: "team", state: "acknowledged" })).toEqual(["two"]);
    expect(await names({ kind: "contractor" })).toEqual(["three"]);
    expect(await names({ q: "pat na" })).toEqual(["one", "two"]);
    expect(await names({ q: "ame" })).toEqual([]);
    expect(await names({ q: "%" })).toEqual([]);
    expect(await names({ employer: "nobody" })).toEqual([]);
    const same = (await getFollowUp(officer, "nao", readFollowUpFilter({ q: "pat" }), null))?.people.rows ?? [];
    expect(new Set(same.map(({ email }) => email)).size).toBe(2);
  });

  it("is for officers and policy owners of the body, and for line managers their own people", async () => {
    const manager = await addPerson(database(), "manager", { roles: ["line-manager"] });
    const team = await addTeam(database(), "own", { managerId: "manager" });
    await addPerson(database(), "mine", { team });
    for (const role of ROLES) {
      const actor = await addPerson(database(), `a-${role}`, { roles: [role] });
      const sees = (await getFollowUp(actor, "nao", ALL, null)) !== null;
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
