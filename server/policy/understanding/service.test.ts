import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { NO_DEMAND, type ReadingDemand } from "#domain/policy/understanding/reading.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { clock } from "#server/base/clock.ts";
import { getCertificate } from "#server/policy/acknowledgement/queries.ts";
import { acknowledgePolicy } from "#server/policy/acknowledgement/service.ts";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { getReadingDemand, openReading } from "./effects.ts";
import { takeAnswer } from "./service.ts";

describeOnEachDatabase("what is asked before a policy is accepted", (database) => {
  let version: PolicyVersion;
  let officer: Actor;
  let emma: Actor;
  beforeEach(async () => {
    const [served] = await serveVersions("nao", []);
    if (!served) throw new Error("There is a version.");
    version = served;
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    await addTeam(database(), "fraud");
    emma = await addPerson(database(), "emma", { team: "fraud" });
  });
  afterEach(() => vi.restoreAllMocks());

  const campaign = async (demand: Partial<ReadingDemand>) => {
    await database().prisma.campaign.deleteMany({});
    const on = { body: "nao", policy: "nao", version: version.version, hash: version.hash };
    const made = { createdAt: clock.now(), createdById: officer.personId };
    await database().prisma.campaign.create({
      data: {
        ...on,
        ...made,
        ...NO_DEMAND,
        ...demand,
        id: "campaign",
        reference: "CAM-1",
        startKey: "c",
        state: "running",
        workingDays: 20,
        remindBefore: [],
        targetPercent: 90,
        startedAt: clock.now(),
        startedById: officer.personId,
        audience: { create: { kind: "body", value: "" } },
      },
    });
  };
  const answer = (actor: Actor, how: string, reason = "") =>
    acknowledgePolicy(actor, { slug: "nao", version: version.version, hash: version.hash, answer: how, reason });
  const row = (personId: string) => database().prisma.policyReading.findFirst({ where: { personId } });
  /** Answers what waits, rightly or not. */
  const take = async (actor: Actor, isRight: boolean) => {
    const asked = (await openReading(actor, version))?.asking?.asked;
    if (!asked) throw new Error("Nothing is asked.");
    const choice = isRight ? asked.rule.verdict : (asked.choices.find((one) => one !== asked.rule.verdict) ?? "");
    return { asked, result: await takeAnswer(actor, { slug: "nao", situation: asked.id, choice }) };
  };

  it("is nothing without a campaign, or with one that asks for nothing", async () => {
    expect(await openReading(emma, version)).toBeNull();
    expect(await getReadingDemand(emma, "nao")).toEqual({ checksUnderstanding: false, readingMinutes: 0 });
    await campaign({});
    expect(await openReading(emma, version)).toBeNull();
    const { code } = await answer(emma, "accepted");
    expect(code).toBe("recorded");
    expect(await database().prisma.policyReading.count()).toBe(0);
    expect((await database().prisma.acknowledgement.findFirst())?.understoodAt).toBeNull();
  });

  it("is two situations, one after the other, until both are right; then it is kept with the answer", async () => {
    await campaign({ checksUnderstanding: true });
    expect(await answer(emma, "accepted")).toMatchObject({ code: "refused", field: "answer" });
    const first = await take(emma, false);
    expect(first.result).toEqual({ code: "answered" });
    const after = (await openReading(emma, version))?.asking;
    expect(after?.missed?.id).toBe(first.asked.id);
    expect(after?.asked.id).not.toBe(first.asked.id);
    expect(after?.right).toBe(0);
    const second = await take(emma, true);
    expect((await openReading(emma, version))?.asking).toMatchObject({ right: 1, needed: 2, missed: null });
    expect(await answer(emma, "accepted")).toMatchObject({ code: "refused" });
    const third = await take(emma, true);
    expect(new Set([first, second, third].map(({ asked }) => asked.id)).size).toBe(3);
    // Nothing tells any more what was missed, or how often.
    expect(await row("emma")).toMatchObject({ asked: null, seen: [], right: [], missed: null, chosen: null });
    const opened = await openReading(emma, version);
    expect(opened?.asking).toBeNull();
    expect(opened?.passedAt).toBeInstanceOf(Date);

    const result = await answer(emma, "accepted");
    if (result.code !== "recorded") throw new Error("It was not recorded.");
    expect(await getCertificate(emma, result.reference)).toMatchObject({ understoodAt: opened?.passedAt });
    const evidence = await database().prisma.evidence.findMany();
    expect(evidence.map(({ data }) => data)).toEqual(['{"attempt":1,"understandingChecked":true}']);
  });

  it("takes an answer once, to the situation that was shown, and says what is missing", async () => {
    await campaign({ checksUnderstanding: true });
    const asked = (await openReading(emma, version))?.asking?.asked;
    if (!asked) throw new Error("Nothing is asked.");
    const right = { slug: "nao", situation: asked.id, choice: asked.rule.verdict };
    expect(await takeAnswer(emma, { ...right, choice: "" })).toMatchObject({ code: "invalid" });
    expect(await takeAnswer(emma, { ...right, choice: "not-a-verdict" })).toMatchObject({ code: "invalid" });
    const codes = (await Promise.all([takeAnswer(emma, right), takeAnswer(emma, right)])).map(({ code }) => code);
    expect(codes.sort()).toEqual(["answered", "moved-on"]);
    expect((await row("emma"))?.right).toEqual([asked.id]);
    expect(await takeAnswer(emma, { ...right, slug: "nottingham" })).toEqual({ code: "not-found" });
  });

  it("can be declined at any time, without situations and without waiting", async () => {
    await campaign({ checksUnderstanding: true, readingMinutes: 30 });
    const result = await answer(emma, "not_understood", "What is a record?");
    if (result.code !== "recorded") throw new Error("It was not recorded.");
    const stored = await database().prisma.acknowledgement.findUnique({ where: { reference: result.reference } });
    expect(stored).toMatchObject({ answer: "declined", ground: "not_understood", understoodAt: null });
    const evidence = await database().prisma.evidence.findMany();
    expect(evidence).toMatchObject([{ event: "policy.declined", data: '{"attempt":1,"ground":"not_understood"}' }]);
    expect(await answer(emma, "accepted")).toMatchObject({ code: "refused" });
  });

  it("is time to read, from when it was opened first, on whatever device", async () => {
    await campaign({ readingMinutes: 3 });
    const now = vi.spyOn(clock, "now");
    now.mockReturnValue(new Date("2027-01-12T14:29:00Z"));
    expect(await openReading(emma, version)).toMatchObject({ openedAt: clock.now(), asking: null, passedAt: null });
    now.mockReturnValue(new Date("2027-01-12T14:31:59Z"));
    await openReading(emma, version);
    const early = await answer(emma, "accepted");
    expect(early).toEqual({
      code: "refused",
      field: "answer",
      message: "Take a little longer to read it. You can accept from 14:32. What you wrote is kept.",
    });
    expect(await database().prisma.evidence.count()).toBe(0);
    now.mockReturnValue(new Date("2027-01-12T14:32:00Z"));
    expect(await answer(emma, "accepted")).toMatchObject({ code: "recorded" });
    expect((await database().prisma.acknowledgement.findFirst())?.understoodAt).toBeNull();
  });

  it("counts from the answer itself where the page was never opened", async () => {
    await campaign({ readingMinutes: 1 });
    expect(await answer(emma, "accepted")).toMatchObject({ code: "refused" });
    expect(await database().prisma.policyReading.count()).toBe(1);
  });

  it("is never the same pair for two of a team, however many open it at the same moment", async () => {
    await campaign({ checksUnderstanding: true });
    const others: Actor[] = [emma];
    for (let at = 0; at < 8; at++) others.push(await addPerson(database(), `p${at}`, { team: "fraud" }));
    // Twice each: in two windows.
    await Promise.all([...others, ...others].map((actor) => openReading(actor, version)));
    const rows = await database().prisma.policyReading.findMany();
    expect(rows).toHaveLength(9);
    expect(new Set(rows.map(({ pair }) => pair)).size).toBe(9);
    expect(new Set(rows.map(({ seed }) => seed)).size).toBe(9);
    expect(rows.every(({ round, pair }) => round === 0 && pair?.split(" ").length === 2)).toBe(true);
  });

  it("asks where a campaign begins to ask later, and keeps the time of opening", async () => {
    await campaign({ readingMinutes: 1 });
    const openedAt = (await openReading(emma, version))?.openedAt;
    await campaign({ checksUnderstanding: true });
    const later = await openReading(emma, version);
    expect(later?.openedAt).toEqual(openedAt);
    expect(later?.asking?.needed).toBe(2);
  });
});
