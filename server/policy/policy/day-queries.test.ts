import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { clock } from "#server/base/clock.ts";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { getPolicyOnDay } from "./day-queries.ts";
import { recordReleases } from "./service.ts";

const at = (moment: Date) => vi.spyOn(clock, "now").mockReturnValue(moment);

describeOnEachDatabase("what held on a day", (database) => {
  let reader: Actor;
  beforeEach(async () => {
    at(new Date("2026-11-24T10:00:00Z"));
    reader = await addPerson(database(), "reader");
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const on = async (slug: string, day: string) => {
    const held = await getPolicyOnDay(reader, slug, day);
    return held?.kind === "held" ? held.policy.version.version : held;
  };

  it("is the version whose first day had come, including another body's", async () => {
    await serveVersions("nao", []);
    expect(await on("model", "2026-01-05")).toBe("1.0");
    expect(await on("model", "2026-03-31")).toBe("1.0");
    expect(await on("model", "2026-04-01")).toBe("1.1");
    expect(await on("model", "2026-09-01")).toBe("2.0");
    expect(await on("model", "2026-11-29")).toBe("2.0");
    expect(await on("model", "2030-01-01")).toBe("3.0");
    expect(await on("nope", "2026-04-01")).toBeNull();
  });

  it("counts a month from its first day", async () => {
    expect(await on("cleveland-opcc", "2020-08-01")).toBe("2.0");
    expect(await on("cleveland-opcc", "2020-07-31")).toMatchObject({
      kind: "none",
      next: { day: "2020-08-01", version: "2.0" },
    });
  });

  it("is nothing before the first version, after a withdrawal and for a draft, and says what comes next", async () => {
    const none = (withdrawn: string | null, next: object | null) =>
      expect.objectContaining({ kind: "none", withdrawn, next }) as unknown;
    expect(await on("model", "2026-01-04")).toEqual(none(null, { day: "2026-01-05", version: "1.0" }));
    expect(await on("nottingham", "2026-03-03")).toEqual(none(null, null));
    await serveVersions("nao", [
      { version: "2", status: "withdrawn", effective: "2025-01-01" },
      { version: "3", effective: "2026-02-01" },
    ]);
    expect(await on("nao", "2024-12-31")).toBe("1");
    expect(await on("nao", "2025-01-01")).toEqual(none("2", { day: "2026-02-01", version: "3" }));
    expect(await on("nao", "2026-02-01")).toBe("3");
  });

  it("says since when the portal serves it", async () => {
    at(new Date("2026-10-01T10:00:00Z"));
    await recordReleases();
    at(new Date("2026-11-24T10:00:00Z"));
    const held = await getPolicyOnDay(reader, "home-working-council", "2026-03-03");
    expect(held).toMatchObject({
      servedAt: new Date("2026-10-01T10:00:00Z"),
      notes: { tense: "past", isUnsure: true, isBeforeService: true },
    });
  });
});
