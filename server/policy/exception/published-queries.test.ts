import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type Actor, ROLES } from "#domain/access/permission/permission.ts";
import { clock } from "#server/base/clock.ts";
import { loadContent } from "#server/base/content/store.ts";
import { serveBody, serveRealContent } from "#server/testing/content.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { addStoredExceptions } from "#server/testing/stored-exceptions.ts";
import { getPublishedRegister, listPublishedYears, mayPublishRegister } from "./figures-queries.ts";

const on = (day: string) => new Date(`${day}T12:00:00Z`);

describeOnEachDatabase("the published register of exceptions", (database) => {
  let officer: Actor;
  beforeEach(async () => {
    vi.spyOn(clock, "now").mockReturnValue(on("2026-11-23"));
    await addPerson(database(), "asker");
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    await serveBody("nao", { publishExceptions: true });
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await serveRealContent();
  });

  const linesOf = async (year: string | null) =>
    (await getPublishedRegister(officer, year))?.lines.map(({ title, clause, decision, count }) =>
      [title, clause, decision, count.kind === "shown" ? count.count : count.kind].join(" "),
    );
  const many = (count: number, row: Parameters<typeof addStoredExceptions>[2][number]) =>
    Array.from({ length: count }, () => row);

  it("counts what was decided in a year, by clause and decision, whatever became of it since", async () => {
    const declined = { state: "declined", startsAt: null, endsAt: null } as const;
    await addStoredExceptions(database(), "asker", [
      // The last and the first moment of the year in London.
      { decidedAt: new Date("2025-12-31T23:59:59.999Z"), clauses: ["4.3", "4.4"] },
      { decidedAt: new Date("2024-12-31T23:59:59.999Z") },
      { decidedAt: new Date("2026-01-01T00:00:00.000Z") },
      ...many(4, { decidedAt: on("2025-06-01"), state: "revoked" }),
      ...many(2, { decidedAt: on("2025-06-01"), endsAt: on("2026-11-20") }),
      ...many(6, { decidedAt: on("2025-06-01"), ...declined }),
      ...many(8, { decidedAt: on("2025-06-01"), clauses: ["3.1"] }),
      ...many(4, { decidedAt: on("2025-06-01"), policy: "gone" }),
      // Revoked before its first day.
      { decidedAt: on("2025-12-20"), policy: "gone", state: "revoked", startsAt: null, endsAt: null },
      { submittedAt: on("2025-06-01"), state: "submitted", decidedAt: null, startsAt: null, endsAt: null },
    ]);
    const lines = [
      "gone 4.3 approved 5",
      "gone 4.3 declined few",
      "WhatsApp at work 3.1 approved 8",
      "WhatsApp at work 3.1 declined few",
      "WhatsApp at work 4.3 approved hidden",
      "WhatsApp at work 4.3 declined hidden",
      "WhatsApp at work 4.4 approved few",
      "WhatsApp at work 4.4 declined few",
    ];
    expect(await linesOf(null)).toEqual(lines);
    expect(await linesOf("2025")).toEqual(lines);
    expect(await linesOf("2023")).toEqual([]);
    expect(await listPublishedYears(officer)).toEqual([2025, 2024]);
    expect(JSON.stringify(await getPublishedRegister(officer, null))).not.toMatch(/EX-|Person|Partners/);
  });

  it("is there for years that are over, for officers of a body that publishes it", async () => {
    expect(await getPublishedRegister(officer, "2026")).toBeNull();
    expect(await getPublishedRegister(officer, "last")).toBeNull();
    const roles = ROLES.filter((role) => role !== "governance-officer");
    const others = await addPerson(database(), "others", { roles });
    const elsewhere = await addPerson(database(), "elsewhere", { body: "nottingham", roles: ["governance-officer"] });
    for (const actor of [others, elsewhere]) {
      expect(await mayPublishRegister(actor)).toBe(false);
      expect(await listPublishedYears(actor)).toEqual([]);
      expect(await getPublishedRegister(actor, null)).toBeNull();
    }
    expect(await mayPublishRegister(officer)).toBe(true);
    await serveRealContent();
    expect((await loadContent()).bodies.find(({ slug }) => slug === "nao")?.publishExceptions).toBeUndefined();
    expect(await getPublishedRegister(officer, null)).toBeNull();
  });
});
