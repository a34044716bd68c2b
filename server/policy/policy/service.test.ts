import { beforeEach, expect, it } from "vitest";
import { PORTAL_ACTOR } from "#domain/evidence/journal/event.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { getOwnPolicy, listOwnPolicies } from "./queries.ts";
import { recordReleases } from "./service.ts";

describeOnEachDatabase("recordReleases", (database) => {
  beforeEach(() => serveVersions("nao", []));
  const releases = () => database().prisma.policyRelease.findMany({ orderBy: { policy: "asc" } });
  const evidence = () => database().prisma.evidence.findMany({ orderBy: [{ body: "asc" }, { position: "asc" }] });

  it("records each published version once, with its evidence", async () => {
    await recordReleases();
    const rows = await releases();
    expect(rows.length).toBeGreaterThanOrEqual(5);
    expect(rows).toContainEqual(expect.objectContaining({ policy: "nao", version: "1", body: "nao" }));
    const journal = await evidence();
    expect(journal.filter(({ body }) => body === "nao")).toMatchObject([
      { event: "policy.released", actor: PORTAL_ACTOR, subject: "nao 1", policy: "nao", version: "1" },
    ]);
    await recordReleases();
    expect(await releases()).toEqual(rows);
    expect(await evidence()).toEqual(journal);
  });

  it("records it once if several portals start at once", async () => {
    await Promise.all([recordReleases(), recordReleases(), recordReleases()]);
    expect(await evidence()).toHaveLength((await releases()).length);
  });

  it("adds new versions, but none that is not published", async () => {
    await recordReleases();
    const before = await releases();
    await serveVersions("nao", [
      { version: "2", material: true },
      { version: "3", isPublished: false },
    ]);
    await recordReleases();
    const added = (await releases()).filter((row) => !before.some((old) => old.hash === row.hash));
    expect(added.map(({ policy, version }) => `${policy} ${version}`)).toEqual(["nao 2"]);
  });

  it("says since when a version of one's own body has been served, but not others", async () => {
    const at = new Date("2026-01-05T12:00:00Z");
    const [first] = await serveVersions("nao", [
      { version: "2", isPublished: false },
      { version: "0.1", status: "draft" },
    ]);
    const { version = "", hash = "" } = first ?? {};
    await database().prisma.policyRelease.create({ data: { policy: "nao", version, hash, body: "nao", servedAt: at } });
    const employee = await addPerson(database(), "employee");
    const policies = await listOwnPolicies(employee);
    expect(policies.map(({ slug }) => slug)).toEqual(["nao"]);
    const own = await getOwnPolicy(employee, "nao");
    expect(own?.current).toMatchObject({ version: "1", servedAt: at });
    expect(own?.counting.map((one) => one.version)).toEqual(["1"]);
    const draft = own?.versions.find((one) => one.version === "0.1");
    expect(draft && calendarDay(draft.servedAt)).toBe(calendarDay(clock.now()));
    expect(await getOwnPolicy(employee, "nottingham")).toBeNull();
  });
});
