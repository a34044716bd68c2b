import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { makeTestToken } from "#app/_api/testing/program.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { getToken, listTokenTasks } from "#server/access/api-token/queries.ts";
import { watchTokenEnds } from "#server/access/api-token/job.ts";
import { identifyProgram, makeToken, revokeToken } from "#server/access/api-token/service.ts";
import { clock } from "#server/base/clock.ts";
import { importList } from "#server/people/directory/import-service.ts";
import { markLeavers } from "#server/people/directory/job.ts";
import { changePerson } from "#server/people/directory/person-change.ts";
import { changeRoles, markLeft, markReturned } from "#server/people/directory/service.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { findActor } from "#server/access/identity/queries.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { patch, providerWith, USER, type Provider } from "./testing/provider.ts";

const NAO = { slug: "nao", name: "National Audit Office", employers: ["National Audit Office"] };
const utf8 = (...lines: string[]) => new TextEncoder().encode(lines.join("\n"));

describeOnEachDatabase("a token that changes people", (database) => {
  let maker: Actor;
  let second: Actor;
  let secret: string;
  let provider: Provider;
  let reference: string;
  beforeEach(async () => {
    maker = await addPerson(database(), "maker", { roles: ["employee", "administrator"] });
    second = await addPerson(database(), "second", { roles: ["employee", "administrator"] });
    await addPerson(database(), "ann");
    secret = await makeTestToken(maker, ["directory"]);
    provider = providerWith(secret);
    reference = (await database().prisma.apiToken.findFirstOrThrow()).reference;
  });
  afterEach(() => vi.restoreAllMocks());

  const at = (time: string | Date) => vi.spyOn(clock, "now").mockReturnValue(new Date(time));
  const change = (
    id: string,
    data: { status?: "left" | "active"; roles?: string[]; leavesOn?: string | null; body?: string },
  ) => database().prisma.person.update({ where: { id }, data });
  const use = async () =>
    (await provider("PATCH", "/Users/ann", patch({ op: "replace", path: "displayName", value: "Ann Other" }))).status;
  const ends = async () =>
    (await database().prisma.evidence.findMany({ where: { event: "api-token.ended" } })).map(
      ({ subject, actor, data }) => [subject, actor, (JSON.parse(data) as { reason: string }).reason],
    );
  const told = async (kind: string) =>
    (await database().prisma.notice.findMany({ where: { kind } })).map(({ personId }) => personId).sort();

  /** Every way in which somebody leaves or loses the role, and what the journal says about it. */
  const WAYS: Record<string, { do: () => Promise<unknown>; by: string; reason: string }> = {
    "an administrator says that they have left": {
      do: () => markLeft(second, "maker"),
      by: "second",
      reason: "maker-left",
    },
    "an administrator takes the role": {
      do: () => changeRoles(second, "maker", []),
      by: "second",
      reason: "maker-lost-role",
    },
    "a list leaves them out": {
      do: () =>
        importList(
          utf8("E-mail,Name,Roles", "second@nao.invalid,Person second,administrator", "ann@nao.invalid,Person ann,"),
          { bodies: [NAO], actorId: "second" },
          { manyMayLeave: true },
        ),
      by: "second",
      reason: "maker-left",
    },
    "a list takes the role": {
      do: () =>
        importList(
          utf8(
            "E-mail,Name,Roles",
            "second@nao.invalid,Person second,administrator",
            "ann@nao.invalid,Person ann,",
            "maker@nao.invalid,Person maker,",
          ),
          { bodies: [NAO], actorId: "second" },
          { manyMayLeave: true },
        ),
      by: "second",
      reason: "maker-lost-role",
    },
    "their last day is over, before anything has run": {
      do: () => change("maker", { leavesOn: "2026-11-20" }),
      by: "portal",
      reason: "maker-left",
    },
    "the nightly job finds their last day over": {
      do: async () => {
        await change("maker", { leavesOn: "2026-11-20" });
        await markLeavers.run(clock.now());
      },
      by: "portal",
      reason: "maker-left",
    },
    "the row itself is changed": {
      do: () => change("maker", { roles: ["employee"] }),
      by: "portal",
      reason: "maker-lost-role",
    },
  };

  for (const [way, { do: doIt, by, reason }] of Object.entries(WAYS))
    it(`ends when ${way}, for good, and everybody who administers is told`, async () => {
      at("2026-11-24T12:00:00Z");
      await database().prisma.apiToken.updateMany({ data: { madeAt: clock.now() } });
      expect(await use()).toBe(200);
      await doIt();
      expect([await use(), await use()]).toEqual([401, 401]);
      expect(await ends()).toEqual([[reference, by, reason]]);
      expect(await getToken(second, reference)).toMatchObject({ state: "ended", ended: { reason } });
      expect(await told("api-token-ended")).toContain("second");
      expect(await listTokenTasks(second)).toMatchObject([{ kind: "renew-api-token", key: `api-token ${reference}` }]);
      // Coming back does not bring it back.
      await markReturned(second, "maker");
      await change("maker", { status: "active", roles: ["employee", "administrator"], leavesOn: null });
      expect(await use()).toBe(401);
      expect(await ends()).toHaveLength(1);
    });

  it("ends when the program itself says that its maker has left", async () => {
    const sent = patch({ op: "replace", path: "active", value: false });
    expect((await provider("PATCH", "/Users/maker", sent)).status).toBe(200);
    expect(await use()).toBe(401);
    expect(await ends()).toEqual([[reference, reference, "maker-left"]]);
  });

  it("is refused, and has not ended, while its body is not served", async () => {
    await database().prisma.apiToken.updateMany({ data: { body: "gone" } });
    expect(await use()).toBe(401);
    await database().prisma.apiToken.updateMany({ data: { body: "nao" } });
    expect(await use()).toBe(200);
    expect(await ends()).toEqual([]);
  });

  it("does nothing that waited while the role was taken", async () => {
    let meanwhile: Promise<number> | undefined;
    await transact(async (tx) => {
      const said = { by: "second", authority: "second", at: clock.now() };
      const done = await changePerson(tx, { body: "nao", personId: "maker" }, { roles: ["employee"] }, said);
      meanwhile = use(); // it arrives before the role is gone, and waits its turn
      await pause(300);
      if (done === null || done === "last-administrator") throw new Error("Not changed.");
      return { result: null, evidence: done.evidence };
    });
    expect(await meanwhile).toBe(401);
    const ann = await database().prisma.person.findUniqueOrThrow({ where: { id: "ann" } });
    expect(ann.name).toBe("Person ann");
  });

  it("is not made by somebody whose role is being taken", async () => {
    let meanwhile: ReturnType<typeof makeToken> | undefined;
    await transact(async (tx) => {
      const said = { by: "second", authority: "second", at: clock.now() };
      const done = await changePerson(tx, { body: "nao", personId: "maker" }, { status: "left" }, said);
      meanwhile = makeToken(maker, { name: "Late", scopes: ["directory"], days: "30" }, "late");
      await pause(300);
      if (done === null || done === "last-administrator") throw new Error("Not changed.");
      return { result: null, evidence: done.evidence };
    });
    expect(await meanwhile).toEqual({ code: "not-found" });
    expect(await database().prisma.apiToken.count()).toBe(1);
  });

  it("is the only one that ends so: one that only reads goes on without its maker", async () => {
    const reading = await makeTestToken(maker, ["policies:read"]);
    await markLeft(second, "maker");
    expect(await identifyProgram(`Bearer ${reading}`)).not.toBeNull();
    expect(await ends()).toHaveLength(1);
  });

  it("ends within a year, also one that was made for longer", async () => {
    await database().prisma.apiToken.updateMany({
      data: { madeAt: new Date("2026-11-24T10:00:00Z"), expiresAt: new Date("2099-01-01T00:00:00Z") },
    });
    at("2027-11-24T23:59:59Z");
    expect(await use()).toBe(200);
    at("2027-11-25T00:00:00Z");
    expect(await use()).toBe(401);
    expect(await getToken(second, reference)).toMatchObject({
      state: "expired",
      expiresAt: new Date("2027-11-25T00:00:00Z"),
    });
  });

  it("is told of 30, 7 and 1 days before its end, once each, however often the job runs and whatever day was missed", async () => {
    at("2026-11-24T12:00:00Z");
    const { reference: year } = await made(second, "365");
    await revokeToken(second, reference);
    const run = async (time: string) => {
      at(time);
      await Promise.all([watchTokenEnds.run(clock.now()), watchTokenEnds.run(clock.now())]);
      await watchTokenEnds.run(clock.now());
      return (await told("api-token-ends")).length / 2; // two administrators
    };
    // Its last day is 24 November 2027; in October the clocks go back on the 31st.
    expect(await run("2027-10-24T22:59:00Z")).toBe(0);
    expect(await run("2027-10-24T23:20:00Z")).toBe(1); // 0:20 on the 25th in London
    expect(await run("2027-11-10T12:00:00Z")).toBe(1);
    expect(await listTokenTasks(second)).toMatchObject([{ key: `api-token ${year}`, due: "2027-11-24" }]);
    expect(await run("2027-11-20T12:00:00Z")).toBe(2); // off on the 17th
    expect(await run("2027-11-23T00:20:00Z")).toBe(3);
    expect(await run("2027-11-24T23:20:00Z")).toBe(3);
    expect(await run("2027-11-25T00:20:00Z")).toBe(3);
    const mails = await database().prisma.mail.findMany({
      where: { subject: { contains: "ends on 24 November 2027" } },
    });
    expect(mails).toHaveLength(6);
    expect(await database().prisma.evidence.count({ where: { event: "api-token.end-announced" } })).toBe(3);
  });

  it("is nobody's task once there is another in its place, which does not end it", async () => {
    at("2027-11-01T12:00:00Z");
    await database().prisma.apiToken.updateMany({
      data: { madeAt: new Date("2026-11-24T10:00:00Z"), expiresAt: new Date("2027-11-25T00:00:00Z") },
    });
    expect(await listTokenTasks(second)).toHaveLength(1);
    const next = await made(second, "365", reference);
    expect(await listTokenTasks(second)).toEqual([]);
    expect(await use()).toBe(200);
    expect(await getToken(second, next.reference)).toMatchObject({ follows: reference });
    expect(await getToken(second, reference)).toMatchObject({ followedBy: next.reference, state: "active" });
    await revokeToken(second, next.reference);
    expect(await listTokenTasks(second)).toHaveLength(1);
  });

  it("is made in place of one of the own body alone", async () => {
    const stranger = await addPerson(database(), "stranger", { body: "nottingham", roles: ["administrator"] });
    const foreign = await made(stranger, "30", reference);
    expect(await getToken(stranger, foreign.reference)).toMatchObject({ follows: null });
  });

  const made = async (actor: Actor, days: string, follows = "") => {
    const asked = { name: "Entra ID", scopes: ["directory"], days };
    const result = await makeToken(
      (await findActor(actor.personId)) ?? actor,
      asked,
      `key ${days} ${follows}`,
      follows,
    );
    if (result.code !== "made") throw new Error(`Not made: ${result.code}.`);
    return result;
  };

  it("adds people as before", async () => {
    const sent = { schemas: [USER], userName: "new@nao.invalid", displayName: "New" };
    expect((await provider("POST", "/Users", sent)).status).toBe(201);
  });
});
