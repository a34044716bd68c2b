import { beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { clock } from "#server/base/clock.ts";
import { verifyChains } from "#server/evidence/journal/verification.ts";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { getFollowUp } from "./follow-up-queries.ts";
import {
  getOwnWithdrawn,
  getPaperPage,
  getPaperRecording,
  listOwnWithdrawn,
  getCertificate,
  getDecline,
  getOwnStanding,
  listOwnAcknowledgements,
} from "./queries.ts";
import {
  recordPaperAnswer,
  withdrawPaperAnswer,
  type SentRecording,
  acknowledgePolicy,
  answerDecline,
} from "./service.ts";
import { listDeclineTasks } from "./task-queries.ts";

const TODAY = calendarDay(clock.now());
const DAY = addDays(TODAY, -3);

describeOnEachDatabase("answers given on paper", (database) => {
  let version: PolicyVersion;
  let officer: Actor;
  let cleaner: Actor;
  beforeEach(async () => {
    const [first] = await serveVersions("nao", []);
    if (!first) throw new Error("There is no first version.");
    version = first;
    const servedAt = new Date("2020-01-01T12:00:00Z");
    const release = { policy: "nao", version: "1", hash: first.hash, body: "nao", servedAt };
    await database().prisma.policyRelease.create({ data: release });
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    cleaner = await addPerson(database(), "cleaner");
  });

  const paper = (more: Partial<SentRecording> = {}): SentRecording => ({
    slug: "nao",
    version: version.version,
    hash: version.hash,
    on: version.version,
    answer: "accepted",
    reason: "",
    day: DAY,
    place: "Blue file 7",
    why: "No device at work.",
    ...more,
  });
  const record = async (more: Partial<SentRecording> = {}, who = cleaner): Promise<string> => {
    const result = await recordPaperAnswer(officer, who.personId, paper(more));
    if (result.code !== "recorded") throw new Error(JSON.stringify(result));
    return result.reference;
  };
  const inPortal = async (answer: string, on = version) =>
    acknowledgePolicy(cleaner, {
      slug: "nao",
      version: on.version,
      hash: on.hash,
      answer,
      reason: answer === "accepted" ? "" : "No.",
    });
  const answers = () => database().prisma.acknowledgement.findMany();
  const evidence = () => database().prisma.evidence.findMany({ orderBy: { position: "asc" } });
  const withdraw = (reference: string, because = "It was somebody else’s.") =>
    withdrawPaperAnswer(officer, "cleaner", { reference, because });
  const followUp = async (who: Actor = officer) => {
    const found = await (await getFollowUp(who, { policy: "nao" }))?.page(null);
    return found?.rows.find(({ id }) => id === "cleaner");
  };

  it("are recorded with place and reason, one row of evidence, and a notice; they count as the person’s answer", async () => {
    const reference = await record();
    expect(await answers()).toMatchObject([
      {
        reference,
        personId: "cleaner",
        answer: "accepted",
        recordedById: "officer",
        paperPlace: "Blue file 7",
        paperReason: "No device at work.",
        understoodAt: null,
        statement: version.frontMatter.acknowledgement,
      },
    ]);
    const [row, ...others] = await evidence();
    expect(others).toEqual([]);
    expect(row).toMatchObject({ event: "policy.answer-recorded", actor: "officer", subject: reference, version: "1" });
    expect(JSON.parse(row?.data ?? "")).toEqual({ person: "cleaner", answer: "accepted", attempt: 1, day: DAY });
    expect(JSON.stringify(row)).not.toContain("Blue file");
    expect(await database().prisma.evidenceDetail.findMany()).toMatchObject([
      { detail: JSON.stringify({ place: "Blue file 7", why: "No device at work." }) },
    ]);
    expect(await database().prisma.notice.findMany()).toMatchObject([
      { personId: "cleaner", kind: "paper-answer", href: `/acknowledgements/${reference}` },
    ]);
    expect(await getOwnStanding(cleaner, "nao")).toMatchObject({
      standing: { kind: "accepted" },
      state: "acknowledged",
    });
    // Nobody opened the policy to read it.
    expect(await database().prisma.policyReading.count()).toBe(0);
  });

  it("are one row, whoever presses at once and however often", async () => {
    const other = await addPerson(database(), "owner", { roles: ["policy-owner"] });
    const sent = [officer, other, officer, other].map((actor) => recordPaperAnswer(actor, "cleaner", paper()));
    const results = await Promise.all(sent);
    expect(await answers()).toHaveLength(1);
    expect(await evidence()).toHaveLength(1);
    expect(await database().prisma.notice.count()).toBe(1);
    const [row] = await answers();
    const recorded = results.flatMap((one) => (one.code === "recorded" ? [one.reference] : []));
    expect(new Set(recorded)).toEqual(new Set([row?.reference]));
    expect(results.filter(({ code }) => code === "refused")).toHaveLength(2); // of whoever was later
    expect(await recordPaperAnswer(officer, "cleaner", paper({ place: "Elsewhere" }))).toMatchObject({
      code: "refused",
    });
    const [chain] = await verifyChains(database().prisma);
    expect(chain).toMatchObject({ head: { position: 1 }, fault: null });
  });

  it("are marked in lists of officers and line managers, and on the certificate", async () => {
    await addPerson(database(), "boss", { roles: ["line-manager"] });
    await addTeam(database(), "night", { managerId: "boss" });
    await database().prisma.person.update({ where: { id: "cleaner" }, data: { teamId: "night" } });
    const boss: Actor = { ...officer, personId: "boss", roles: ["line-manager"] };
    expect(await followUp()).toMatchObject({ isOnPaper: false, givenAt: null });
    const reference = await record();
    const line = await followUp();
    expect(line).toMatchObject({ state: "acknowledged", version: "1", isOnPaper: true, isUnderstandingChecked: false });
    expect(line?.givenAt && calendarDay(line.givenAt)).toBe(DAY);
    const own = await (await getFollowUp(boss, {}, "team"))?.page(null);
    expect(own?.rows).toMatchObject([{ id: "cleaner", isOnPaper: true }]);
    expect(await listOwnAcknowledgements(cleaner)).toMatchObject([
      { reference, paper: { place: "Blue file 7", why: "No device at work." } },
    ]);
    expect(await getCertificate(cleaner, reference)).toMatchObject({
      recordedBy: officer.name,
      understoodAt: null,
      evidence: { position: 1 },
    });
    expect(await getCertificate(officer, reference)).toBeNull();
  });

  it("leave the mark and the day with the answer that counts", async () => {
    await inPortal("cannot_agree");
    expect(await followUp()).toMatchObject({ state: "declined", isOnPaper: false });
    await record({ day: TODAY });
    expect(await followUp()).toMatchObject({ state: "acknowledged", isOnPaper: true });
    const ada = await addPerson(database(), "ada");
    await record({ answer: "not_understood", reason: "I do not see why.", day: DAY }, ada);
    const { version: number, hash } = version;
    await acknowledgePolicy(ada, { slug: "nao", version: number, hash, answer: "accepted", reason: "" });
    const found = await (await getFollowUp(officer, { policy: "nao", q: "Person ada" }))?.page(null);
    expect(found?.rows).toMatchObject([{ state: "acknowledged", isOnPaper: false }]);
  });

  it("from before a later answer do not win over it", async () => {
    await inPortal("cannot_agree");
    expect(await recordPaperAnswer(officer, "cleaner", paper())).toMatchObject({ code: "refused", field: "day" });
    expect(await getOwnStanding(cleaner, "nao")).toMatchObject({ standing: { kind: "declined" } });
    expect(await answers()).toHaveLength(1);
  });

  it("take no acceptance away", async () => {
    await inPortal("accepted");
    for (const day of [DAY, TODAY]) {
      const decline = paper({ answer: "cannot_agree", reason: "No.", day });
      expect(await recordPaperAnswer(officer, "cleaner", decline)).toMatchObject({ code: "refused" });
    }
    expect(await getOwnStanding(cleaner, "nao")).toMatchObject({ standing: { kind: "accepted" } });
    expect(await answers()).toHaveLength(1);
  });

  it("that decline go to whoever answers declines, with the time from when they were recorded", async () => {
    const owner = await addPerson(database(), "owner", { roles: ["policy-owner"] });
    const reference = await record({ answer: "cannot_agree", reason: "I have no phone.", day: addDays(TODAY, -200) });
    expect(await getDecline(owner, reference)).toMatchObject({ isOnPaper: true, reason: "I have no phone." });
    const [task] = await listDeclineTasks(owner);
    expect(task?.due && task.due > TODAY).toBe(true);
    await answerDecline(owner, reference, { reply: "You need none.", theme: "other" });
    expect(await getOwnStanding(cleaner, "nao")).toMatchObject({ standing: { kind: "outstanding" } });
  });

  it("are refused with what to correct, and recorded neither in the future nor before the person began", async () => {
    await database().prisma.person.update({ where: { id: "cleaner" }, data: { startsOn: addDays(TODAY, -2) } });
    const fields = async (more: Partial<SentRecording>) => {
      const result = await recordPaperAnswer(officer, "cleaner", paper(more));
      return "problems" in result ? result.problems.map(({ field }) => field) : [result.code];
    };
    expect(await fields({})).toEqual(["day"]);
    expect(await fields({ day: addDays(TODAY, 1) })).toEqual(["day"]);
    expect(await fields({ day: "", place: "", why: "", answer: "" })).toEqual(["answer", "day", "place", "why"]);
    expect(await fields({ on: "7" })).toContain("on");
    expect(await answers()).toEqual([]);
    expect(await fields({ day: addDays(TODAY, -2) })).toEqual(["recorded"]);
  });

  it("are refused where a version was published meanwhile, and can be on an earlier one that still counts", async () => {
    const [, minor] = await serveVersions("nao", [{ version: "1.1", material: false }]);
    const refused = await recordPaperAnswer(officer, "cleaner", paper());
    expect(refused).toMatchObject({ code: "refused", message: expect.stringContaining("Version 1.1") as string });
    expect(await answers()).toEqual([]);
    const now = { version: minor?.version ?? "", hash: minor?.hash ?? "" };
    await record({ ...now, on: "1" });
    expect(await followUp()).toMatchObject({ state: "acknowledged", version: "1", isOnPaper: true });
    const [, second] = await serveVersions("nao", [{ version: "2", material: true }]);
    const after = { version: "2", hash: second?.hash ?? "" };
    expect(await recordPaperAnswer(officer, "cleaner", paper({ ...after, on: "1" }))).toMatchObject({
      code: "invalid",
    });
    expect((await getPaperPage(officer, "cleaner", "nao"))?.versions.map((one) => one.version)).toEqual(["2"]);
  });

  it("are nobody’s own, nor another body’s, nor of somebody who has left, and not for other roles", async () => {
    const notFound = { code: "not-found" };
    expect(await recordPaperAnswer(officer, "officer", paper())).toEqual(notFound);
    expect(await getPaperPage(officer, "officer", "nao")).toBeNull();
    const elsewhere = await addPerson(database(), "far", {
      body: "bromsgrove-redditch",
      roles: ["governance-officer"],
    });
    for (const actor of [cleaner, elsewhere, await addPerson(database(), "audit", { roles: ["auditor"] })]) {
      expect(await recordPaperAnswer(actor, "cleaner", paper())).toEqual(notFound);
      expect(await getPaperPage(actor, "cleaner", "nao")).toBeNull();
    }
    expect(await recordPaperAnswer(officer, "far", paper())).toEqual(notFound);
    expect(await recordPaperAnswer(officer, "nobody", paper())).toEqual(notFound);
    expect(await recordPaperAnswer(officer, "cleaner", paper({ slug: "none" }))).toEqual(notFound);
    await database().prisma.person.update({ where: { id: "cleaner" }, data: { status: "left" } });
    expect(await recordPaperAnswer(officer, "cleaner", paper())).toEqual(notFound);
    expect(await answers()).toEqual([]);
  });

  it("can be withdrawn with a reason: the person is asked again and told, and it stays on record", async () => {
    const reference = await record();
    expect(await withdraw(reference, "")).toMatchObject({ code: "invalid", problems: [{ field: "because" }] });
    expect(await Promise.all([withdraw(reference), withdraw(reference)])).toEqual([{ code: "done" }, { code: "done" }]);
    expect(await answers()).toEqual([]);
    expect(await getOwnStanding(cleaner, "nao")).toMatchObject({ standing: { kind: "outstanding" } });
    expect(await followUp()).toMatchObject({ givenAt: null, isOnPaper: false });
    const events = (await evidence()).map(({ event }) => event);
    expect(events).toEqual(["policy.answer-recorded", "policy.answer-withdrawn"]);
    expect(await database().prisma.notice.count({ where: { personId: "cleaner" } })).toBe(2);
    const history = await getPaperPage(officer, "cleaner", "nao");
    expect(history?.recordings).toMatchObject([{ reference, withdrawn: { because: "It was somebody else’s." } }]);
    expect(await getCertificate(cleaner, reference)).toBeNull();
    expect(await getOwnWithdrawn(cleaner, reference)).toMatchObject({ reference, recordedBy: officer.name });
    expect(await getOwnWithdrawn(officer, reference)).toBeNull();
    const again = await record({ place: "Red file 2" });
    expect(again).not.toBe(reference);
    expect((await getPaperPage(officer, "cleaner", "nao"))?.recordings.map((one) => one.reference)).toEqual([
      again,
      reference,
    ]);
    expect(await listOwnWithdrawn(cleaner)).toHaveLength(1);
  });

  it("alone can be withdrawn, and by nobody for themselves", async () => {
    await inPortal("accepted");
    const [own] = await answers();
    expect(await withdraw(own?.reference ?? "")).toEqual({ code: "not-found" });
    expect(await getPaperRecording(officer, "cleaner", own?.reference ?? "")).toBeNull();
    const second = await addPerson(database(), "second", { roles: ["governance-officer"] });
    const reference = await record({}, second);
    const because = { reference, because: "It is mine." };
    expect(await withdrawPaperAnswer(second, "second", because)).toEqual({ code: "not-found" });
    expect(await withdrawPaperAnswer(cleaner, "second", because)).toEqual({ code: "not-found" });
    expect(await withdrawPaperAnswer(officer, "cleaner", because)).toEqual({ code: "not-found" });
    expect(await withdrawPaperAnswer(officer, "second", because)).toEqual({ code: "done" });
    expect(await answers()).toHaveLength(1);
  });

  it("write neither answer nor notice if the journal refuses", async () => {
    await database().prisma.$executeRawUnsafe(
      `ALTER TABLE "Evidence" ADD CONSTRAINT "planted" CHECK (event <> 'policy.answer-recorded')`,
    );
    try {
      await expect(recordPaperAnswer(officer, "cleaner", paper())).rejects.toThrow();
    } finally {
      await database().prisma.$executeRawUnsafe(`ALTER TABLE "Evidence" DROP CONSTRAINT "planted"`);
    }
    expect(await answers()).toEqual([]);
    expect(await database().prisma.notice.count()).toBe(0);
  });
});
