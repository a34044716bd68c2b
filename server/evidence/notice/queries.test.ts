import { afterEach, expect, it, vi } from "vitest";
import { clock } from "#server/base/clock.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { listNews, listOwnNotices, listNotifiedSince, takeWaiting } from "./queries.ts";

const DAY_MS = 86_400_000;
const NOW = Date.parse("2026-11-24T12:00:00Z");
const at = (ms: number) => vi.spyOn(clock, "now").mockReturnValue(new Date(ms));

describeOnEachDatabase("notices", (database) => {
  afterEach(() => vi.restoreAllMocks());
  const tell = (to: string, subject: string, ms: number, kind: "hold-ended" | "hold-placed" = "hold-ended") => {
    at(ms);
    const notice = { body: "nao", to, kind, subject, paragraphs: ["Read it."], href: "/holds/1" };
    return transact(() => Promise.resolve({ result: null, evidence: [], notices: [notice] }));
  };

  it("are shown for two weeks and kept afterwards, newest first, to their recipient", async () => {
    const ann = await addPerson(database(), "ann");
    const bob = await addPerson(database(), "bob");
    await tell("ann", "Old", NOW - 14 * DAY_MS - 1);
    await tell("ann", "Just new", NOW - 14 * DAY_MS);
    await tell("ann", "New", NOW);
    expect((await listNews(ann)).map(({ subject }) => subject)).toEqual(["New", "Just new"]);
    expect((await listOwnNotices(ann)).map(({ subject }) => subject)).toEqual(["New", "Just new", "Old"]);
    expect(await listOwnNotices(bob)).toEqual([]);
    for (let more = 1; more <= 10; more++) await tell("ann", `More ${more}`, NOW + more);
    expect(await listNews(ann)).toHaveLength(10);
  });

  it("wait for the digest once, unless they are urgent and went out at once", async () => {
    await addPerson(database(), "ann");
    await tell("ann", "Can wait", NOW);
    await tell("ann", "Urgent", NOW, "hold-placed");
    const take = async () =>
      ((await takeWaiting(database().prisma, ["ann"], new Date(NOW))).get("ann") ?? []).map(({ subject }) => subject);
    expect(await take()).toEqual(["Can wait"]);
    expect(await take()).toEqual([]);
  });

  it("say who was notified about a page since a moment", async () => {
    for (const id of ["ann", "bob"]) await addPerson(database(), id);
    await tell("ann", "Earlier", NOW);
    await tell("bob", "Since", NOW + 1);
    const told = (kind: "hold-ended" | "hold-placed", href = "/holds/1") =>
      listNotifiedSince(database().prisma, { kind, href }, new Date(NOW));
    expect(await told("hold-ended")).toEqual(["bob"]);
    expect([await told("hold-placed"), await told("hold-ended", "/holds/2")]).toEqual([[], []]);
  });
});
