import { tasksOfOne } from "#server/testing/tasks.ts";
import { createHash } from "node:crypto";
import { beforeEach, expect, it, vi } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, addWorkingDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import type { SampleDraft } from "#domain/registers/understanding-check/sample.ts";
import { daysOff } from "#server/base/calendar/days-off.ts";
import { clock } from "#server/base/clock.ts";
import { serveRealContent } from "#server/testing/content.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import {
  getOwnSituations,
  getSampleCheck,
  getSampleChoices,
  listSampleChecks,
  listCheckTasksOf,
} from "./sample-queries.ts";
import { drawSample, populationHash } from "./sample-rules.ts";
import { answerSample, closeSample, excuseSampled, startSample } from "./sample-service.ts";

const listCheckTasks = tasksOfOne(listCheckTasksOf);

const TODAY = calendarDay(new Date());
const LAST_DAY = addWorkingDays(TODAY, 5, daysOff(null, TODAY, addDays(TODAY, 30)));
const DRAFT: SampleDraft = { policy: "nao", population: "body", size: "3", lastDay: { kind: "day", day: LAST_DAY } };

describeOnEachDatabase("a check of people drawn by chance", (database) => {
  let officer: Actor;
  let auditor: Actor;
  let people: Actor[];
  beforeEach(async () => {
    await serveRealContent();
    const team = await addTeam(database(), "fraud");
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    auditor = await addPerson(database(), "auditor", { roles: ["auditor"] });
    people = [];
    for (const id of ["ann", "ben", "cat", "dan", "eve", "fay"])
      people.push(await addPerson(database(), id, { team: people.length < 3 ? team : null }));
  });

  const started = async (more: Partial<SampleDraft> = {}, startKey = "form") => {
    const result = await startSample(officer, { startKey, draft: { ...DRAFT, ...more } });
    if (result.code !== "started") throw new Error(`Not started: ${JSON.stringify(result)}`);
    return result.reference;
  };
  const sampled = async (reference: string) => {
    const ids = (await getSampleCheck(officer, reference))?.people?.map(({ personId }) => personId) ?? [];
    return [...people, auditor].filter(({ personId }) => ids.includes(personId));
  };
  /** What is right for each of somebody's situations, or what is not. */
  const choicesOf = async (actor: Actor, reference: string, isRight = true) => {
    const own = await getOwnSituations(actor, reference);
    return (own?.situations ?? []).map(({ rule, choices }) =>
      isRight ? rule.verdict : (choices.find((one) => one !== rule.verdict) ?? ""),
    );
  };

  it("asks those whom anybody with the seed and the ids draws, tells each, and starts once", async () => {
    const { prisma } = database();
    const [reference, again] = await Promise.all([started(), started()]);
    expect(again).toBe(reference);
    const row = await prisma.understandingSample.findUniqueOrThrow({
      where: { reference },
      include: { sampled: true },
    });
    const ids = ["auditor", ...people.map(({ personId }) => personId)];
    expect(row.populationSize).toBe(7);
    expect(row.populationHash).toBe(populationHash(ids.toReversed()));
    const expected = ids
      .map((id) => ({
        id,
        rank: createHash("sha256")
          .update(row.seed + id)
          .digest("hex"),
      }))
      .sort((a, b) => (a.rank < b.rank ? -1 : 1))
      .slice(0, 3)
      .map(({ id }) => id);
    expect(row.sampled.map(({ personId }) => personId).sort()).toEqual(expected.sort());
    expect(drawSample(ids.toReversed(), row.seed, 3)).toEqual(drawSample(ids, row.seed, 3));
    expect(new Set(row.sampled.map(({ situations }) => [...situations].sort().join(" "))).size).toBe(3);
    const notices = await prisma.notice.findMany({ where: { kind: "check-asked" } });
    expect(notices.map(({ personId }) => personId).sort()).toEqual(expected.sort());
    const evidence = await prisma.evidence.findMany();
    expect(evidence).toMatchObject([
      { event: "check-sample.started", subject: reference, actor: "officer", policy: "nao" },
    ]);
    expect(JSON.stringify(evidence)).toContain(row.seed);
  });

  it("leaves out who has left, has not begun or asks, and asks all of a part that is small", async () => {
    const { prisma } = database();
    await prisma.person.update({ where: { id: "ann" }, data: { status: "left" } });
    await prisma.person.update({ where: { id: "ben" }, data: { startsOn: addDays(TODAY, 1) } });
    await prisma.person.update({ where: { id: "dan" }, data: { leavesOn: addDays(TODAY, -1) } });
    const choices = await getSampleChoices(officer);
    expect(choices?.populations.find(({ value }) => value === "body")?.people).toBe(4);
    expect(choices?.populations.find(({ value }) => value === "team:fraud")?.people).toBe(1);
    expect((await sampled(await started({ size: "100" }))).map(({ personId }) => personId).sort()).toEqual([
      "auditor",
      "cat",
      "eve",
      "fay",
    ]);
    const ofTeam = await started({ population: "team:fraud" }, "team");
    expect((await sampled(ofTeam)).map(({ personId }) => personId)).toEqual(["cat"]);
  });

  it("is a task until it is answered once, and shows nothing before", async () => {
    const reference = await started({ size: "100" });
    const [ann] = people;
    if (!ann) throw new Error("Ann is there.");
    expect(await listCheckTasks(ann)).toMatchObject([
      { kind: "answer-check", due: LAST_DAY, href: `/checks-held/samples/${reference}/answer` },
    ]);
    expect((await listCheckTasksOf(people)).size).toBe(people.length);
    expect((await getOwnSituations(ann, reference))?.answers).toBeNull();
    const choices = await choicesOf(ann, reference);
    expect(choices).toHaveLength(2);
    expect(await answerSample(ann, reference, [choices[0] ?? "", ""])).toMatchObject({
      code: "invalid",
      problems: [{ field: "choice2" }],
    });
    expect((await getOwnSituations(ann, reference))?.answers).toBeNull();
    await Promise.all([answerSample(ann, reference, choices), answerSample(ann, reference, choices)]);
    expect((await getOwnSituations(ann, reference))?.answers?.map(({ isRight }) => isRight)).toEqual([true, true]);
    expect(await answerSample(ann, reference, await choicesOf(ann, reference, false))).toEqual({ code: "answered" });
    expect((await getOwnSituations(ann, reference))?.answers?.map(({ isRight }) => isRight)).toEqual([true, true]);
    expect(await listCheckTasks(ann)).toEqual([]);
    const evidence = await database().prisma.evidence.findMany({ where: { event: "check-sample.answered" } });
    expect(evidence).toMatchObject([{ actor: "ann", subject: reference, data: "{}" }]);
  });

  it("names people to officers alone, and shows owners and auditors no figures of a few", async () => {
    const reference = await started({ size: "100" });
    const owner = await addPerson(database(), "owner", { roles: ["policy-owner"] });
    for (const actor of people.slice(0, 4)) await answerSample(actor, reference, await choicesOf(actor, reference));
    expect((await getSampleCheck(owner, reference))?.rates).toBeNull();
    const fifth = people[4];
    if (!fifth) throw new Error("There are six.");
    await answerSample(fifth, reference, await choicesOf(fifth, reference, false));
    const seen = await getSampleCheck(owner, reference);
    expect(seen?.people).toBeNull();
    expect(seen?.rates?.all).toMatchObject({ right: 8, of: 10 });
    expect(seen?.rates?.all.interval?.low).toBeCloseTo(0.4902, 4);
    expect(seen?.response).toMatchObject({ right: 5, of: 7 });
    for (const { name } of people) expect(JSON.stringify(seen)).not.toContain(name);
    const whole = await getSampleCheck(officer, reference);
    expect(whole?.people?.map(({ name }) => name)).toContain("Person ann");
    expect(whole?.people?.map(({ email }) => email)).toContain("ann@nao.invalid"); // two of one name are told apart
    expect(whole?.rates?.byVerdict.reduce((sum, { rate }) => sum + rate.of, 0)).toBe(10);
    expect((await listSampleChecks(auditor))?.map((one) => one.reference)).toEqual([reference]);
  });

  it("releases who leaves, and excuses with a reason", async () => {
    const { prisma } = database();
    const reference = await started({ size: "100" });
    await prisma.person.update({ where: { id: "ann" }, data: { status: "left" } });
    expect(await excuseSampled(officer, reference, { personId: "ann", reason: "Left." })).toMatchObject({
      code: "invalid",
    });
    expect(await excuseSampled(officer, reference, { personId: "ben", reason: "" })).toMatchObject({ code: "invalid" });
    expect(await excuseSampled(officer, reference, { personId: "ben", reason: "On leave." })).toEqual({ code: "done" });
    const states = (await getSampleCheck(officer, reference))?.people?.map(({ personId, state }) => [personId, state]);
    expect(states).toContainEqual(["ann", "left"]);
    expect(states).toContainEqual(["ben", "excused"]);
    expect((await getSampleCheck(officer, reference))?.response).toMatchObject({ right: 0, of: 5 });
    const ben = people[1];
    if (!ben) throw new Error("Ben is there.");
    expect(await listCheckTasks(ben)).toEqual([]);
    expect(await answerSample(ben, reference, await choicesOf(ben, reference))).toMatchObject({ code: "refused" });
    const rows = await prisma.evidence.findMany({ where: { event: "check-sample.excused" } });
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain("On leave.");
  });

  it("takes no answer once it is closed or its last day has passed", async () => {
    const reference = await started({ size: "100" });
    const [ann, ben] = people;
    if (!ann || !ben) throw new Error("They are there.");
    await answerSample(ann, reference, await choicesOf(ann, reference));
    expect(await Promise.all([closeSample(officer, reference), closeSample(officer, reference)])).toEqual([
      { code: "done" },
      { code: "done" },
    ]);
    expect(await answerSample(ben, reference, await choicesOf(ben, reference))).toMatchObject({ code: "refused" });
    expect(await listCheckTasks(ben)).toEqual([]);
    const closed = await database().prisma.evidence.findMany({ where: { event: "check-sample.closed" } });
    expect(closed.map(({ data }) => data)).toEqual(['{"answered":1,"situations":2,"right":2}']);

    const late = await started({ size: "100" }, "late");
    vi.spyOn(clock, "now").mockReturnValue(new Date(`${addDays(LAST_DAY, 1)}T09:00:00Z`));
    expect(await answerSample(ben, late, await choicesOf(ben, late))).toMatchObject({ code: "refused" });
    expect(await listCheckTasks(ben)).toEqual([]);
    expect((await getSampleCheck(officer, late))?.isOver).toBe(true);
    vi.restoreAllMocks();
  });

  it("is there for nobody else", async () => {
    const reference = await started({ size: "1", population: "team:fraud" });
    const [one] = await sampled(reference);
    const other = people.find(({ personId }) => personId !== one?.personId) ?? officer;
    const elsewhere = await addPerson(database(), "elsewhere", { roles: ["governance-officer"], body: "nottingham" });
    expect(await getOwnSituations(other, reference)).toBeNull();
    expect(await answerSample(other, reference, [])).toEqual({ code: "not-found" });
    expect(await getSampleCheck(elsewhere, reference)).toBeNull();
    expect(await closeSample(elsewhere, reference)).toEqual({ code: "not-found" });
    for (const actor of [auditor, other]) {
      expect(await getSampleChoices(actor)).toBeNull();
      expect(await startSample(actor, { startKey: "x", draft: DRAFT })).toEqual({ code: "not-found" });
      expect(await closeSample(actor, reference)).toEqual({ code: "not-found" });
      expect(await excuseSampled(actor, reference, { personId: "ann", reason: "No." })).toEqual({ code: "not-found" });
    }
    expect(await listSampleChecks(other)).toBeNull();
    expect(await startSample(officer, { startKey: "y", draft: { ...DRAFT, policy: "nottingham" } })).toMatchObject({
      code: "invalid",
      problems: [{ field: "policy" }],
    });
  });

  const away = async (personId: string, firstDay: string, lastDay: string) =>
    database().prisma.absence.create({
      data: {
        id: `${personId} ${firstDay}`,
        body: "nao",
        personId,
        firstDay,
        lastDay,
        source: "list",
        recordedAt: new Date(),
      },
    });

  it("does not draw who is away all the time, but who is back for a day", async () => {
    await away("ann", addDays(TODAY, -3), addDays(TODAY, 1));
    await away("ann", addDays(TODAY, 2), LAST_DAY);
    await away("ben", addDays(TODAY, -3), addDays(LAST_DAY, -1));
    await away("cat", addDays(TODAY, 1), addDays(LAST_DAY, 30));
    const reference = await started({ size: "100" });
    const ids = (await sampled(reference)).map(({ personId }) => personId);
    expect(ids).not.toContain("ann");
    expect(ids).toEqual(expect.arrayContaining(["ben", "cat", "dan"]));
  });

  it("gives who is away meanwhile as many working days more", async () => {
    const reference = await started({ size: "100" });
    const holidays = daysOff(null, TODAY, addDays(LAST_DAY, 60));
    const back = addWorkingDays(LAST_DAY, 3, holidays);
    await away("ann", addWorkingDays(TODAY, 1, holidays), addWorkingDays(TODAY, 3, holidays));
    const own = async (who: Actor) => (await listCheckTasks(who)).map(({ due }) => due);
    const [ann, ben] = people as [Actor, Actor];
    expect([await own(ann), await own(ben)]).toEqual([[back], [LAST_DAY]]);
    const later = new Date(`${addDays(LAST_DAY, 1)}T12:00:00Z`);
    vi.spyOn(clock, "now").mockReturnValue(later);
    expect([await own(ann), await own(ben)]).toEqual([[back], []]);
    expect(await getOwnSituations(ann, reference)).toMatchObject({ isOpen: true, lastDay: back });
    expect((await getOwnSituations(ben, reference))?.isOpen).toBe(false);
    const check = await getSampleCheck(officer, reference);
    const stateOf = (id: string) => check?.people?.find(({ personId }) => personId === id)?.state;
    expect([check?.isOver, stateOf("ann"), stateOf("ben")]).toEqual([false, "waiting", "missed"]);
    expect(await answerSample(ann, reference, await choicesOf(ann, reference))).toEqual({ code: "answered" });
    expect((await getSampleCheck(officer, reference))?.isOver).toBe(true);
    vi.restoreAllMocks();
  });
});
