import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { Asked } from "#domain/base/list/page.ts";
import { clock } from "#server/base/clock.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { getEvidenceRegister, getHeadToNote } from "./queries.ts";
import { recordReadings } from "./reading-service.ts";
import { transact } from "./transact.ts";

describeOnEachDatabase("looking at what is recorded about a person", (database) => {
  let auditor: Actor;
  const at = (text: string) => vi.spyOn(clock, "now").mockReturnValue(new Date(text));
  beforeEach(async () => {
    at("2026-11-24T12:00:00Z");
    auditor = await addPerson(database(), "auditor", { roles: ["auditor"] });
    for (const id of ["anna", "annabel", "bert"]) await addPerson(database(), id);
    await addPerson(database(), "anna-elsewhere", { body: "nottingham" });
    for (const [actor, subject] of [
      ["anna", "X"],
      ["bert", "anna"],
      ["auditor", "Y"],
    ] as const)
      await transact(async () =>
        Promise.resolve({
          result: null,
          evidence: [{ body: "nao", event: "mail.tested", at: clock.now(), actor, subject } as const],
        }),
      );
  });
  afterEach(() => vi.restoreAllMocks());

  const readOf = async (asked: Asked) => {
    const found = await getEvidenceRegister(auditor, asked);
    return found?.readOf((await found.page(null)).rows);
  };

  it("counts the people whose entries were requested", async () => {
    expect(await readOf({})).toEqual([]);
    expect(await readOf({ event: "mail.tested" })).toEqual([]);
    expect(await readOf({ actor: "Person anna" })).toEqual(["anna"]); // of two people with that name, the one shown
    expect(await readOf({ actor: "Person bert" })).toEqual(["bert"]);
    expect(await readOf({ actor: "annabel" })).toEqual(["annabel"]); // finding nothing counts, too
    expect(await readOf({ actor: "anna" })).toEqual(["anna"]);
    expect(await readOf({ subject: "anna" })).toEqual(["anna"]);
    expect(await readOf({ actor: "Person auditor" })).toEqual([]);
    expect(await readOf({ actor: "anna-elsewhere" })).toEqual([]);
    expect(await readOf({ actor: "the portal" })).toEqual([]);
  });

  it("is recorded once for each reader, person and day, even with two tabs", async () => {
    await Promise.all([1, 2, 3].map(() => recordReadings(auditor, ["anna", "bert"])));
    await recordReadings(auditor, ["anna"]);
    at("2026-11-25T12:00:00Z");
    await recordReadings(auditor, ["anna"]);
    const employee = await addPerson(database(), "employee");
    await recordReadings(employee, ["anna"]);
    const rows = await database().prisma.evidence.findMany({
      where: { event: "evidence.read-of-person" },
      orderBy: { position: "asc" },
    });
    expect(rows.map(({ actor, subject }) => `${actor} ${subject}`).sort()).toEqual(
      ["auditor anna", "auditor anna", "auditor bert"], // prettier-ignore
    );
  });

  it("shows the newest row to those who may read it", async () => {
    expect(await getHeadToNote(auditor)).toMatch(/^nao:3:[0-9a-f]{64}$/);
    expect(await getHeadToNote(await addPerson(database(), "employee"))).toBeNull();
    expect(await getHeadToNote({ ...auditor, body: "nottingham" })).toBeNull();
  });
});
