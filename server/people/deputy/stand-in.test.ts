import { beforeEach, expect, it } from "vitest";
import type { Actor, Role } from "#domain/access/permission/permission.ts";
import { addDays, addWorkingDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { PORTAL_ACTOR } from "#domain/evidence/journal/event.ts";
import { clock } from "#server/base/clock.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { findActor, listPeopleWithRole } from "#server/access/identity/queries.ts";
import { endAbsence, saveAbsence } from "#server/people/absence/service.ts";
import { changePerson, markAsLeft } from "#server/people/directory/person-change.ts";
import { changeRoles, markLeft, markReturned } from "#server/people/directory/service.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { serveRealContent } from "#server/testing/content.ts";
import { addPerson } from "#server/testing/people.ts";
import { handDutiesOver } from "./job.ts";
import { nameDeputy } from "./service.ts";

const BODY = "nao";
const DONE = { code: "done" };

describeOnEachDatabase("standing in", (database) => {
  let officer: Actor;
  let administrator: Actor;
  beforeEach(async () => {
    await serveRealContent();
    officer = await addPerson(database(), "officer", { roles: ["employee", "governance-officer"] });
    await addPerson(database(), "owner", { roles: ["employee", "policy-owner"] });
    await addPerson(database(), "senior", { roles: ["employee", "senior-information-risk-owner"] });
    administrator = await addPerson(database(), "admin", { roles: ["employee", "administrator"] });
    await addPerson(database(), "ann");
  });
  const whoIs = async (role: Role) =>
    (await listPeopleWithRole(database().prisma, BODY, role)).map(({ id }) => id).sort();
  const told = async (kind: string) =>
    (await database().prisma.notice.findMany({ where: { kind }, orderBy: [{ createdAt: "asc" }, { id: "asc" }] }))
      .map(({ personId, subject }) => `${personId}: ${subject}`)
      .sort();
  const events = async () =>
    (
      await database().prisma.evidence.findMany({
        where: { event: { in: ["stand-in.began", "stand-in.ended", "duties.handed-over", "duties.given-back"] } },
        orderBy: { position: "asc" },
      })
    ).map(({ event, actor, subject }) => `${event} ${actor} ${subject}`);
  const byProgram = (fields: Parameters<typeof changePerson>[2]) =>
    transact(async (tx) => {
      const who = { body: BODY, personId: "officer" };
      const done = await changePerson(tx, who, fields, { by: PORTAL_ACTOR, authority: null, at: clock.now() });
      if (done === null || done === "last-administrator") throw new Error("It was not done.");
      return { result: done.code, evidence: done.evidence, notices: done.notices };
    });

  const WAYS: Record<string, () => Promise<unknown>> = {
    "who is marked as having left": () => markLeft(administrator, "officer"),
    "who loses the role": () => changeRoles(administrator, "officer", []),
    "whom a program deactivates": () => byProgram({ status: "left" }),
    "whose role a program or a sign-in takes away": () => byProgram({ roles: ["employee"] }),
    "whose last day is over": () =>
      transact(async (tx) => {
        const at = clock.now();
        await tx.person.update({ where: { id: "officer" }, data: { leavesOn: addDays(calendarDay(at), -1) } });
        return markAsLeft(tx, BODY, ["officer"], { by: PORTAL_ACTOR, at, today: calendarDay(at) });
      }),
  };
  it.each(Object.keys(WAYS))("begins in the same transaction for the only officer %s", async (name) => {
    await WAYS[name]?.();
    expect(await whoIs("governance-officer")).toEqual(["senior"]);
    expect((await findActor("senior"))?.roles).toContain("governance-officer");
    expect((await findActor("senior"))?.standsInAs).toEqual(["governance-officer"]);
    expect(await told("stand-in")).toEqual(["senior: You stand in as governance officer now"]);
    expect(await told("role-vacant")).toEqual(["admin: Nobody is governance officer any more"]);
    expect((await events()).map((one) => one.replace(/ \S+ /, " "))).toEqual(["stand-in.began senior"]);
  });

  it("ends when somebody has the role again", async () => {
    await changeRoles(administrator, "officer", []);
    expect(await changeRoles(administrator, "ann", ["governance-officer"])).toEqual(DONE);
    expect(await whoIs("governance-officer")).toEqual(["ann"]);
    expect(await told("stand-in")).toContain("senior: You no longer stand in as governance officer");
    await markLeft(administrator, "ann");
    await markReturned(administrator, "ann");
    expect(await whoIs("governance-officer")).toEqual(["ann"]);
  });

  it("reaches nobody without a senior owner, which administrators are told", async () => {
    await markLeft(administrator, "senior");
    await markLeft(administrator, "officer");
    expect(await whoIs("governance-officer")).toEqual([]);
    expect(await told("role-vacant")).toEqual([
      "admin: Nobody is governance officer any more",
      "admin: Nobody is senior information risk owner any more",
    ]);
    // The owner's line had an officer before.
    expect(await whoIs("policy-owner")).toEqual(["owner"]);
  });

  it("begins once, whoever changes what at the same time", async () => {
    await addPerson(database(), "second", { roles: ["employee", "governance-officer"] });
    await Promise.all([changeRoles(administrator, "officer", []), changeRoles(administrator, "second", [])]);
    expect(await whoIs("governance-officer")).toEqual(["senior"]);
    expect(await events()).toEqual(["stand-in.began admin senior"]);
    await Promise.all([
      changeRoles(administrator, "officer", ["governance-officer"]),
      changeRoles(administrator, "second", ["governance-officer"]),
    ]);
    expect(await whoIs("governance-officer")).toEqual(["officer", "second"]);
    expect(await events()).toEqual(["stand-in.began admin senior", "stand-in.ended admin senior"]);
  });

  it("lasts while the only officer is away for longer than the body's limit, and ends when they are back", async () => {
    const today = calendarDay(clock.now()); // a working day, as all tests have
    const since = (days: number) => addDays(today, -days);
    const away = { id: null, firstDay: since(3), lastDay: addDays(today, 20) };
    expect(await saveAbsence(administrator, "officer", away)).toEqual({ ok: true });
    expect(await whoIs("governance-officer")).toEqual(["officer"]);
    const later = new Date(`${addWorkingDays(today, 5, new Set())}T09:00:00Z`);
    await handDutiesOver.run(later);
    expect(await whoIs("governance-officer")).toEqual(["officer", "senior"]);
    expect(await told("duties-away")).toEqual(["officer: Others see to your tasks while you are away"]);
    await handDutiesOver.run(later);
    const begun = ["duties.handed-over portal officer", "stand-in.began portal senior"];
    expect(await events()).toEqual(begun);
    const absence = await database().prisma.absence.findFirstOrThrow();
    await endAbsence(officer, "officer", absence.id);
    expect(await whoIs("governance-officer")).toEqual(["officer"]);
    expect(await events()).toEqual([...begun, "duties.given-back officer officer", "stand-in.ended officer senior"]);
  });

  it("is for a deputy's days, in every role that decides", async () => {
    const today = calendarDay(clock.now());
    const days = { from: today, until: addDays(today, 3) };
    const senior = { ...officer, personId: "senior", roles: ["senior-information-risk-owner" as const] };
    const name = (actor: Actor, role: "administrator" | "senior-information-risk-owner", deputy: string) =>
      nameDeputy(actor, { principal: "", role, deputy: `${deputy}@nao.invalid`, ...days });
    expect(await name(administrator, "administrator", "ann")).toEqual({ ok: true });
    expect(await whoIs("administrator")).toEqual(["admin", "ann"]);
    expect(await name(senior, "senior-information-risk-owner", "officer")).toEqual({ ok: true });
    expect((await findActor("officer"))?.standsInAs).toEqual(["senior-information-risk-owner"]);
    // They cannot name somebody in a role that they only stand in as, nor give it to themselves.
    const ann = await findActor("ann");
    expect(ann && (await name(ann, "administrator", "owner"))).toMatchObject({ ok: false });
    expect(ann && (await changeRoles(ann, "ann", ["administrator"]))).toMatchObject({ code: "refused" });
    await handDutiesOver.run(new Date(`${addDays(today, 5)}T09:00:00Z`));
    expect(await whoIs("administrator")).toEqual(["admin"]);
    expect(await whoIs("senior-information-risk-owner")).toEqual(["senior"]);
  });
});
