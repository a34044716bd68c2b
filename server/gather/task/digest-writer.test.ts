import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { startOfDay } from "#domain/base/calendar/calendar.ts";
import { spokenThumbprint } from "#domain/evidence/journal/signing-key.ts";
import { mailContentSchema } from "#domain/evidence/outbox/content.ts";
import { clock } from "#server/base/clock.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { takeSigner } from "#server/evidence/signing-key/signer.ts";
import { serveVersions } from "#server/testing/content.ts";
import { recordReleases } from "#server/policy/policy/service.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { wantsDigest } from "./queries.ts";
import { makeDigests } from "./digest-writer.ts";
import { switchDigest } from "./service.ts";

const HOUR_MS = 60 * 60_000;

describeOnEachDatabase("the digest", (database) => {
  let person: Actor;
  beforeEach(async () => {
    at("2026-11-24");
    person = await addPerson(database(), "person", { joinedAt: new Date("2026-11-23T09:00:00Z") });
    await serveVersions("nao", []);
    await recordReleases();
  });
  afterEach(() => vi.restoreAllMocks());

  /** @returns the time, eleven o'clock unless given */
  function at(day: string, hour = 11): Date {
    const now = new Date(startOfDay(day).getTime() + hour * HOUR_MS);
    vi.spyOn(clock, "now").mockReturnValue(now);
    return now;
  }
  const make = (day: string, hour?: number) => makeDigests(at(day, hour));
  const digests = async (personId = "person") => {
    const rows = await database().prisma.mail.findMany({ where: { personId }, orderBy: { createdAt: "asc" } });
    return rows.map(({ digestDay, content }) => ({ digestDay, ...mailContentSchema.parse(content) }));
  };
  const tell = (subject: string, kind: "hold-ended" | "hold-placed" = "hold-ended") =>
    transact(async () =>
      Promise.resolve({
        result: null,
        evidence: [],
        notices: [{ body: "nao", to: "person", kind, subject, paragraphs: ["It is over."], href: "/holds" }],
      }),
    );

  it("has all that is owed, grouped, with working days and links, once a day, also with two servers", async () => {
    const now = at("2026-11-24");
    const counts = await Promise.all([makeDigests(now), makeDigests(now)]);
    expect(counts[0].made + counts[1].made).toBe(1);
    expect(await makeDigests(now)).toEqual({ looked: 0, made: 0 });
    const [digest, ...others] = await digests();
    expect(others).toEqual([]);
    expect(digest).toMatchObject({ digestDay: "2026-11-24", action: { href: "/tasks" } });
    const items = digest?.sections.flatMap((section) => section.items) ?? [];
    expect(items).toMatchObject([{ href: "/policies/nao/acknowledge" }]);
    expect(items[0]?.title).toMatch(/^Accept or decline/);
    expect(items[0]?.note).toMatch(/New\.$/);
  });

  it("brings governance officers and auditors the newest row of the evidence and the thumbprint of the key, and nobody else", async () => {
    const spoken = spokenThumbprint((await takeSigner("nao")).kid);
    for (const role of ["governance-officer", "auditor"] as const)
      await addPerson(database(), role, { roles: [role], joinedAt: new Date("2026-11-23T09:00:00Z") });
    await make("2026-11-24");
    const head = await database().prisma.evidence.findFirst({ where: { body: "nao" }, orderBy: { position: "desc" } });
    for (const id of ["governance-officer", "auditor"])
      for (const noted of [`nao:${head?.position}:${head?.hash}`, spoken])
        expect(JSON.stringify(await digests(id))).toContain(noted);
    for (const noted of ["nao:", spoken]) expect(JSON.stringify(await digests())).not.toContain(noted);
  });

  it("is not sent without something new, and weekly while an answer is overdue", async () => {
    expect(await make("2026-11-24")).toMatchObject({ made: 1 });
    expect(await make("2026-11-25")).toEqual({ looked: 1, made: 0 });
    const [first] = await digests();
    expect(first?.subject).toBe("With Care: 1 thing to do, 1 falling due"); // in ten working days
    for (const day of ["2026-12-09", "2026-12-14", "2026-12-15", "2026-12-16", "2026-12-22"]) await make(day);
    // Five working days each time: the bank holidays of a year that is over count as well.
    for (const day of ["2026-12-31", "2027-01-05", "2027-01-06", "2027-01-08"]) await make(day);
    expect((await digests()).map(({ digestDay, subject }) => [digestDay, subject])).toEqual([
      ["2026-11-24", "With Care: 1 thing to do, 1 falling due"],
      ["2026-12-15", "With Care: 1 thing to do, 1 overdue"],
      ["2026-12-22", "With Care: 1 thing to do, 1 overdue"],
      ["2026-12-31", "With Care: 1 thing to do, 1 overdue"],
      ["2027-01-08", "With Care: 1 thing to do, 1 overdue"],
    ]);
  });

  it("waits while somebody is away, and comes on the day they are back", async () => {
    const row = { body: "nao", source: "form" as const, recordedAt: new Date("2026-11-24T09:00:00Z") };
    await database().prisma.absence.create({
      data: {
        ...row,
        id: "a",
        personId: (await database().prisma.person.findFirstOrThrow()).id,
        firstDay: "2026-11-24",
        lastDay: "2026-11-26",
      },
    });
    for (const day of ["2026-11-24", "2026-11-26"]) expect(await make(day)).toEqual({ looked: 0, made: 0 });
    expect(await make("2026-11-27")).toMatchObject({ made: 1 });
  });

  it("keeps to office hours and working days of the body's nation", async () => {
    for (const [day, hour] of [
      ["2026-11-24", 7],
      ["2026-11-24", 17],
      ["2026-11-28", 11],
      ["2026-12-25", 11],
      ["2026-12-28", 11],
    ] as const)
      expect(await make(day, hour), day).toEqual({ looked: 0, made: 0 });
    expect(await make("2026-12-29")).toMatchObject({ made: 1 });
  });

  it("has what was not urgent since the last one, once, and leaves urgent things to their own mail", async () => {
    await make("2026-11-24");
    at("2026-11-24", 15);
    await tell("Hold ended");
    await tell("Hold placed", "hold-placed");
    await make("2026-11-25");
    await make("2026-11-26");
    const all = await digests();
    expect(all.map(({ digestDay }) => digestDay)).toEqual(["2026-11-24", null, "2026-11-25"]);
    expect(all[2]?.subject).toBe("With Care: 1 thing to do, 1 update");
    expect(all[2]?.sections.at(-1)).toEqual({
      heading: "For your information",
      items: [{ title: "Hold ended", note: "It is over.", href: "/holds" }],
    });
  });

  it("is not sent to those who want none, and begins anew when they do; urgent mail goes on", async () => {
    const roleless = { ...person, roles: [] };
    await switchDigest(roleless, false);
    expect(await wantsDigest(person), "nobody changes it who may not see their own data").toBe(true);
    await switchDigest(person, false);
    expect([await wantsDigest(person), await wantsDigest({ ...person, personId: "other" })]).toEqual([false, true]);
    await tell("Passed over");
    await tell("Urgent", "hold-placed");
    await make("2026-11-24");
    await tell("Passed over as well");
    await Promise.all([switchDigest(person, true), switchDigest(person, true)]);
    expect(await wantsDigest(person)).toBe(true);
    await tell("Told");
    await make("2026-11-25");
    const all = await digests();
    expect(all.map(({ digestDay }) => digestDay)).toEqual([null, "2026-11-25"]);
    expect(all[1]?.sections.at(-1)?.items.map(({ title }) => title)).toEqual(["Told"]);
  });

  it("leaves nobody out where one is already done, and nobody gets two; those who left get none", async () => {
    const people = Array.from({ length: 7 }, (_, number) => `more-${number}`);
    for (const id of people) await addPerson(database(), id, { joinedAt: new Date("2026-11-23T09:00:00Z") });
    await database().prisma.person.update({ where: { id: "more-3" }, data: { status: "left" } });
    await make("2026-11-24");
    // The state after a crash half-way: these people were not reached.
    await database().prisma.mail.deleteMany({ where: { personId: { in: ["more-5", "person"] } } });
    await database().prisma.digestState.deleteMany({ where: { personId: { in: ["more-5", "person"] } } });
    expect(await make("2026-11-24", 12)).toEqual({ looked: 2, made: 2 });
    for (const id of [...people, "person"]) expect(await digests(id), id).toHaveLength(id === "more-3" ? 0 : 1);
  });
});
