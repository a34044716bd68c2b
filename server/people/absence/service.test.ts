import { beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { markLeft } from "#server/people/directory/service.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { getAbsences, listAbsences } from "./queries.ts";
import { endAbsence, removeAbsence, saveAbsence } from "./service.ts";

const OK = { ok: true };
const OTHERS = ["stranger", "peer", "officer"] as const;

describeOnEachDatabase("absences", (database) => {
  let ann: Actor;
  let manager: Actor;
  let administrator: Actor;
  const others: Record<string, Actor> = {};
  const today = calendarDay(clock.now());
  const days = (from: number, until: number) => ({ firstDay: addDays(today, from), lastDay: addDays(today, until) });
  const save = (actor: Actor, from: number, until: number, id: string | null = null) =>
    saveAbsence(actor, "ann", { id, ...days(from, until) });
  const known = async () => [...((await listAbsences(database().prisma, ["ann"])).get("ann") ?? [])];
  const firstId = async () => (await getAbsences(ann, "ann"))?.absences.at(-1)?.id ?? "";
  const journal = async () =>
    (
      await database().prisma.evidence.findMany({
        where: { event: { startsWith: "absence." } },
        orderBy: { position: "asc" },
      })
    ).map(({ event, actor, subject, data }) => `${event} ${actor} ${subject} ${data}`);

  beforeEach(async () => {
    manager = await addPerson(database(), "manager", { roles: ["employee", "line-manager"] });
    ann = await addPerson(database(), "ann");
    await database().prisma.person.update({ where: { id: "ann" }, data: { managerId: "manager" } });
    administrator = await addPerson(database(), "admin", { roles: ["employee", "administrator"] });
    others["stranger"] = await addPerson(database(), "stranger", { body: "nottingham", roles: ["administrator"] });
    others["peer"] = await addPerson(database(), "peer", { roles: ["employee", "line-manager"] });
    others["officer"] = await addPerson(database(), "officer", { roles: ["employee", "governance-officer"] });
  });

  it("are told to the line manager where the person says so, and to nobody where somebody else does", async () => {
    const told = async () =>
      (
        await database().prisma.notice.findMany({
          where: { kind: "absence-recorded" },
          orderBy: { createdAt: "asc" },
        })
      ).map(({ personId, kind, subject, href }) => `${personId} ${kind} ${href} ${subject}`);
    const on = (day: number) => dateInWords(addDays(today, day));
    await save(manager, 1, 3);
    // Whoever did not say so themselves is told.
    expect(await told()).toEqual([`ann absence-recorded /absences/ann You are away from ${on(1)} to ${on(3)}`]);
    await database().prisma.notice.deleteMany({ where: { kind: "absence-recorded" } });
    await save(ann, 10, 12);
    await database().prisma.notice.deleteMany({ where: { kind: "absence-recorded" } });
    const head = "manager absence-recorded /absences/ann Person ann is";
    await save(ann, 20, 22);
    await save(ann, 20, 22); // the same again
    expect(await told()).toEqual([`${head} away from ${on(20)} to ${on(22)}`]);
    await removeAbsence(ann, "ann", await firstId());
    expect((await told()).at(-1)).toBe(`${head} not away as recorded`);
    await database().prisma.person.update({ where: { id: "ann" }, data: { managerId: null } });
    await save(ann, 40, 41);
    expect(await told()).toHaveLength(2);
  });

  it("are recorded by the person, their line manager and an administrator, and by nobody else", async () => {
    expect(await save(ann, 1, 3)).toEqual(OK);
    expect(await save(manager, 10, 12)).toEqual(OK);
    expect(await save(administrator, -20, -15)).toEqual(OK);
    expect(await known()).toEqual([days(-20, -15), days(1, 3), days(10, 12)]);
    expect((await getAbsences(manager, "ann"))?.absences.map(({ state }) => state)).toEqual([
      "to-come",
      "to-come",
      "over",
    ]);
    for (const name of OTHERS) {
      const actor = others[name] ?? ann;
      expect(await save(actor, 30, 31)).toBe("not-found");
      expect(await removeAbsence(actor, "ann", await firstId())).toBe("not-found");
      expect(await getAbsences(actor, "ann")).toBeNull();
    }
    expect(await saveAbsence(ann, "nobody", { id: null, ...days(1, 1) })).toBe("not-found");
    expect(await save(ann, 40, 41, "no-such-absence")).toBe("not-found");
    expect(await known()).toHaveLength(3);
  });

  it("leave evidence of who changed them, with the days where they can be erased", async () => {
    await save(manager, 1, 3);
    await save(manager, 1, 3);
    await save(ann, 2, 6, await firstId());
    await save(ann, 2, 6, await firstId());
    await removeAbsence(administrator, "ann", await firstId());
    await removeAbsence(administrator, "ann", "gone");
    expect(await journal()).toEqual([
      'absence.recorded manager ann {"source":"form"}',
      'absence.changed ann ann {"source":"form"}',
      'absence.removed admin ann {"source":"form"}',
    ]);
    const details = await database().prisma.evidenceDetail.findMany({ orderBy: { position: "asc" } });
    expect(JSON.parse(details[1]?.detail ?? "null")).toEqual({
      before: JSON.stringify(days(1, 3)),
      after: JSON.stringify(days(2, 6)),
    });
  });

  it("are refused where their days are wrong, overlap, or follow each other directly", async () => {
    await save(ann, 1, 3);
    const fieldOf = async (from: number, until: number) => {
      const result = await save(ann, from, until);
      return result === "not-found" || result.ok ? "none" : result.problems.map(({ field }) => field).join();
    };
    expect(await fieldOf(8, 7)).toBe("lastDay");
    expect(await fieldOf(8, 8 + 2000)).toBe("lastDay");
    for (const [from, until] of [
      [3, 5],
      [4, 5],
      [-1, 0],
      [0, 9],
    ] as const)
      expect(await fieldOf(from, until)).toBe("firstDay");
    const missing = await saveAbsence(ann, "ann", { id: null, firstDay: "", lastDay: today });
    expect(missing).toMatchObject({ problems: [{ field: "firstDay" }] });
    expect(await known()).toEqual([days(1, 3)]);
    expect(await save(ann, 5, 9)).toEqual(OK);
    expect(await save(ann, 1, 4, await firstId())).toMatchObject({ problems: [{ field: "firstDay" }] });
  });

  it("of two who record overlapping days at once, one is refused", async () => {
    const results = await Promise.all([save(ann, 1, 5), save(manager, 4, 9)]);
    expect(results.filter((one) => one !== "not-found" && one.ok)).toHaveLength(1);
    expect(await known()).toHaveLength(1);
  });

  it("end when somebody is back", async () => {
    await save(ann, -3, 4);
    const id = await firstId();
    for (const _ of [1, 2]) expect(await endAbsence(manager, "ann", id)).toEqual(OK);
    expect(await known()).toEqual([days(-3, -1)]);
    await save(ann, 1, 2);
    const [next] = (await getAbsences(ann, "ann"))?.absences ?? [];
    expect(await endAbsence(ann, "ann", next?.id ?? "")).toEqual(OK);
    expect(await known()).toEqual([days(-3, -1), days(1, 2)]);
    expect(await journal()).toHaveLength(3);
  });

  it("of somebody who has left can be corrected, not added", async () => {
    await save(ann, -3, 4);
    await markLeft(administrator, "ann");
    expect(await save(administrator, 20, 21)).toMatchObject({ problems: [{ field: "firstDay" }] });
    expect(await save(administrator, -4, 4, (await getAbsences(administrator, "ann"))?.absences[0]?.id ?? "")).toEqual(
      OK,
    );
  });
});
