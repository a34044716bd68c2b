import fc from "fast-check";
import { beforeEach, expect, it } from "vitest";
import { type Actor, ROLES } from "#domain/access/permission/permission.ts";
import type { Asked, PageCursor } from "#domain/base/list/page.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { acknowledgementStateOf } from "#domain/policy/acknowledgement/acknowledgement.ts";
import { listOwnPolicies } from "#server/policy/policy/queries.ts";
import { getFollowUp } from "./follow-up-queries.ts";
import { countTeamAnswers, getPolicyReport, listPolicyReports } from "./report-queries.ts";
import { listAcknowledgementAnswers } from "./repository.ts";

const LONG_AGO = new Date("2020-01-01T12:00:00Z");

describeOnEachDatabase("reports on answers", (database) => {
  let version: PolicyVersion;
  let manager: Actor;
  beforeEach(async () => {
    const [first] = await serveVersions("nao", []);
    if (!first) throw new Error("There is no version.");
    version = first;
    manager = await addPerson(database(), "manager", { roles: ["line-manager"] });
  });

  const answer = async (personId: string, given: "accepted" | "declined", more: object = {}) =>
    database().prisma.acknowledgement.create({
      data: {
        id: `a-${personId}`,
        reference: `ACK-${personId}`,
        body: "nao",
        personId,
        policy: "nao",
        version: "1",
        hash: version.hash,
        attempt: 1,
        answer: given,
        reason: given === "declined" ? "my secret reason" : null,
        statement: "I accept.",
        givenAt: new Date("2026-11-20T12:00:00Z"),
        ...more,
      },
    });
  const ownPeople = async (asked: Asked = {}, cursor: PageCursor = null) => {
    const found = await getFollowUp(manager, asked, "team");
    return found && { ...found, ...(await found.page(cursor)) };
  };
  const release = (servedAt: Date) =>
    database().prisma.policyRelease.create({
      data: { policy: "nao", version: "1", hash: version.hash, body: "nao", servedAt },
    });
  const fill = async (team: string, { accepted = 0, declined = 0, outstanding = 0 }) => {
    for (let number = 0; number < accepted + declined + outstanding; number++) {
      const id = `${team}-${number}`;
      await addPerson(database(), id, { team });
      if (number < accepted) await answer(id, "accepted");
      else if (number < accepted + declined) await answer(id, "declined");
    }
  };

  it("shows line managers where each person in their own team stands, but not why", async () => {
    await release(LONG_AGO);
    const team = await addTeam(database(), "own", { managerId: "manager" });
    await addTeam(database(), "other", { managerId: null });
    for (const id of ["ann", "bea", "cid", "dan"]) await addPerson(database(), id, { team, joinedAt: LONG_AGO });
    await addPerson(database(), "eva", { team: "other" });
    await database().prisma.person.update({ where: { id: "dan" }, data: { status: "left" } });
    await answer("ann", "accepted");
    await answer("bea", "declined");
    await answer("eva", "accepted");
    const own = await ownPeople();
    expect(own).toMatchObject({ teams: [{ id: "own", name: "Team own" }], slug: "nao", version: "1" });
    expect(own?.rows.map(({ id, state }) => [id, state])).toEqual([
      ["ann", "acknowledged"],
      ["bea", "declined"],
      ["cid", "overdue"],
    ]);
    expect(own?.rows[2]?.due).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(JSON.stringify(own)).not.toContain("secret");
    expect(await countTeamAnswers(manager, "nao")).toEqual([
      { id: "own", team: "Team own", counts: { accepted: 1, declined: 1, outstanding: 1 } },
    ]);
  });

  it("counts only answers valid for the current version: not on another hash, nor a decline that has a reply", async () => {
    const team = await addTeam(database(), "own", { managerId: "manager" });
    for (const id of ["ann", "bea"]) await addPerson(database(), id, { team });
    await answer("ann", "accepted", { hash: "0".repeat(64) });
    await answer("bea", "declined", { repliedAt: new Date("2026-11-21T12:00:00Z"), reply: "…" });
    expect((await ownPeople())?.rows.map(({ state }) => state)).toEqual(["outdated", "pending"]);
  });

  it("shows a manager of many people a page by name, or by state, or of one state, and everybody in the file", async () => {
    const team = await addTeam(database(), "own", { managerId: "manager" });
    for (let number = 10; number < 37; number++) await addPerson(database(), `p${number}`, { team });
    await answer("p36", "accepted");
    await answer("p10", "declined");
    const named = Array.from({ length: 27 }, (_, at) => `Person p${10 + at}`);
    const first = await ownPeople();
    expect(first?.rows.map(({ name }) => name)).toEqual(named.slice(0, 25));
    const next = await ownPeople({}, first?.after);
    expect(next?.rows.map(({ name, state }) => [name, state])).toEqual([
      ["Person p35", "pending"],
      ["Person p36", "acknowledged"],
    ]);
    const byState = await ownPeople({ sort: "state" });
    expect(byState?.rows.map(({ name }) => name)).toEqual(named.slice(1, 26));
    expect((await ownPeople({ sort: "state" }, byState?.after))?.rows.map(({ name, state }) => [name, state])).toEqual([
      ["Person p10", "declined"],
      ["Person p36", "acknowledged"],
    ]);
    expect((await ownPeople({ state: "declined" }))?.rows.map(({ id }) => id)).toEqual(["p10"]);
    expect(first?.counts).toEqual(new Map(Object.entries({ pending: 25, declined: 1, acknowledged: 1 })));
    const inFile: string[] = [];
    for await (const { name } of (await getFollowUp(manager, {}, "team"))?.every() ?? []) inFile.push(name);
    expect(inFile).toEqual(named);
    const employee = await addPerson(database(), "nobody");
    expect(await getFollowUp(employee, {}, "team")).toBeNull();
  });

  // The answers that people can have given on a version: a decline, followed by another answer once it has a reply, or
  // by an acceptance.
  const history = fc.constantFrom<("accepted" | "declined" | "replied")[]>(
    [],
    ["accepted"],
    ["declined"],
    ["replied"],
    ["declined", "accepted"],
    ["replied", "accepted"],
    ["replied", "declined"],
    ["replied", "replied"],
  );
  const anybody = fc.record({
    team: fc.constantFrom("one", "two", null),
    hasLeft: fc.nat(9).map((number) => number === 0),
    on: fc.record({ "1": history, "1.1": history, "2": history, "2.1": history }),
  });

  it("gives the same counts from the database as from the rule for each person", async () => {
    await serveVersions("nao", [
      { version: "1.1", material: false },
      { version: "2", material: true },
      { version: "2.1", material: false },
    ]);
    const officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    const [policy] = (await listOwnPolicies(officer)).filter(({ slug }) => slug === "nao");
    const hashes = new Map(policy?.counting.map((one) => [one.version, one.hash]));
    for (const id of ["one", "two"]) await addTeam(database(), id);
    for (const [number, { team, hasLeft, on }] of fc.sample(anybody, { numRuns: 60, seed: 20_261_129 }).entries()) {
      const id = `r${number}`;
      await addPerson(database(), id, { team });
      if (hasLeft) await database().prisma.person.update({ where: { id }, data: { status: "left" } });
      for (const [version, given] of Object.entries(on))
        for (const [at, one] of given.entries())
          await answer(id, one === "accepted" ? "accepted" : "declined", {
            id: `${id} ${version} ${at}`,
            reference: `ACK-${id} ${version} ${at}`,
            version,
            hash: hashes.get(version) ?? "0".repeat(64),
            attempt: at + 1,
            repliedAt: one === "replied" ? new Date("2026-11-21T12:00:00Z") : null,
          });
    }
    const people = await database().prisma.person.findMany({ where: { body: "nao", status: "active" } });
    const answersOf = await listAcknowledgementAnswers(
      database().prisma,
      people.map(({ id }) => id),
      ["nao"],
    );
    const expected = new Map<string, { accepted: number; declined: number }>();
    for (const { id, teamId } of people) {
      const { kind } = acknowledgementStateOf(answersOf(id, "nao"), policy?.counting ?? []);
      const team = expected.get(teamId ?? "") ?? { accepted: 0, declined: 0 };
      if (kind !== "outstanding") expected.set(teamId ?? "", { ...team, [kind]: team[kind] + 1 });
    }
    const counted = (await getPolicyReport(officer, "nao"))?.teams ?? [];
    const some = counted.map(({ id, counts: { accepted, declined } }) => [id ?? "", { accepted, declined }] as const);
    expect(new Map(some.filter(([, { accepted, declined }]) => accepted + declined > 0))).toEqual(expected);
    expect([...expected.values()].every(({ accepted, declined }) => accepted > 1 && declined > 1)).toBe(true);
  });

  it("is empty for a manager without a team, and nothing for everybody else", async () => {
    expect(await ownPeople()).toMatchObject({ teams: [], rows: [] });
    await addTeam(database(), "own", { managerId: "manager" });
    for (const role of ROLES) {
      const actor = await addPerson(database(), `a-${role}`, { roles: [role] });
      expect([role, (await getFollowUp(actor, {}, "team")) !== null]).toEqual([role, role === "line-manager"]);
      expect([role, (await listPolicyReports(actor)) !== null]).toEqual([role, role === "governance-officer"]);
    }
  });

  it("gives the officer numbers by team, without those who left or have not begun", async () => {
    const officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    await addTeam(database(), "big");
    await addTeam(database(), "small");
    await fill("big", { accepted: 6, declined: 5, outstanding: 7 });
    await fill("small", { accepted: 1, outstanding: 3 });
    const { prisma } = database();
    const [later, gone] = await prisma.person.findMany({ where: { teamId: "small" }, orderBy: { id: "desc" } });
    await prisma.person.update({ where: { id: later?.id ?? "" }, data: { startsOn: "2099-01-10" } });
    await prisma.person.update({ where: { id: gone?.id ?? "" }, data: { status: "left" } });
    const elsewhere = await addPerson(database(), "elsewhere", { body: "nottingham", roles: ["governance-officer"] });
    const report = await getPolicyReport(officer, "nao");
    const big = report?.teams.find(({ id }) => id === "big");
    const small = report?.teams.find(({ id }) => id === "small");
    expect(big).toMatchObject({ team: "Team big", counts: { accepted: 6, declined: 5, outstanding: 7 } });
    expect(Object.values(small?.counts ?? {}).reduce((sum, one) => sum + one, 0)).toBe(2);
    const all = Object.values(report?.totals ?? {}).reduce((sum, one) => sum + one, 0);
    expect(all).toBe(report?.people);
    expect(JSON.stringify(report)).not.toMatch(/Person|secret/);
    expect(await getPolicyReport(officer, "nottingham")).toBeNull();
    expect(await getPolicyReport(elsewhere, "nao")).toBeNull();
    expect((await listPolicyReports(elsewhere))?.every(({ people }) => people === 1)).toBe(true);
  });
});
