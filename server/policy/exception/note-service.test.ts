import { beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { completeDraft, exceptionAwaitingApproval } from "#server/testing/exceptions.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { nameDeputy } from "#server/people/deputy/service.ts";
import { saveWho } from "./draft-service.ts";
import { getExceptionNotes, getException, listMyExceptions } from "./queries.ts";
import { addExceptionNote, submitException } from "./service.ts";

const OK = { ok: true };
const NOT_FOUND = { ok: false, code: "not-found" };

describeOnEachDatabase("notes of those who decide", (database) => {
  let asker: Actor;
  let colleague: Actor;
  let manager: Actor;
  let officer: Actor;
  let auditor: Actor;

  beforeEach(async () => {
    manager = await addPerson(database(), "manager", { roles: ["line-manager"] });
    const team = await addTeam(database(), "fraud", { managerId: manager.personId });
    asker = await addPerson(database(), "asker", { team });
    colleague = await addPerson(database(), "colleague", { team, roles: ["governance-officer"] });
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    auditor = await addPerson(database(), "auditor", { roles: ["auditor"] });
  });

  const texts = async (actor: Actor, reference: string) =>
    (await getExceptionNotes(actor, reference))?.notes.map(({ by, text }) => `${by.personId}: ${text}`) ?? null;

  it("are written and read by those who decide, and read by auditors; twice is once", async () => {
    const reference = await exceptionAwaitingApproval(asker, "one");
    const note = "Zoë asked the same last year.";
    expect(await Promise.all([1, 2].map(() => addExceptionNote(manager, reference, note)))).toEqual([OK, OK]);
    expect(await addExceptionNote(officer, reference, "So did others.")).toEqual(OK);
    const both = [`manager: ${note}`, "officer: So did others."];
    for (const reader of [manager, officer, auditor]) expect(await texts(reader, reference)).toEqual(both);
    expect((await getExceptionNotes(auditor, reference))?.mayWrite).toBe(false);
    expect(await addExceptionNote(auditor, reference, "No.")).toEqual(NOT_FOUND);
    const rows = await database().prisma.evidence.findMany({
      where: { event: "exception.noted" },
      orderBy: { position: "asc" },
    });
    expect(rows.map(({ actor }) => actor)).toEqual(["manager", "officer"]);
    expect(JSON.stringify(rows)).not.toContain("Zoë");
    const details = await database().prisma.evidenceDetail.findMany({ orderBy: { position: "asc" } });
    expect(JSON.parse(details.at(-2)?.detail ?? "")).toEqual({ note });
  });

  it("are on nothing that the requester or anybody whom it covers sees", async () => {
    const reference = await completeDraft(asker, "team");
    const wantedUntil = addDays(calendarDay(clock.now()), 20);
    await saveWho(asker, reference, { scope: "team", teamId: "fraud", groupId: null, wantedFrom: null, wantedUntil });
    expect(await addExceptionNote(officer, reference, "Too early.")).toEqual(NOT_FOUND);
    expect(await getExceptionNotes(officer, reference)).toBeNull();
    expect(await submitException(asker, reference)).toEqual(OK);
    expect(await addExceptionNote(officer, reference, "A secret.")).toEqual(OK);
    // The manager of the team is covered, and so is an officer who is in it.
    for (const one of [asker, colleague, manager]) {
      expect(await getExceptionNotes(one, reference)).toBeNull();
      expect(await addExceptionNote(one, reference, "Mine.")).toEqual(NOT_FOUND);
    }
    const seen = JSON.stringify([await getException(asker, reference), await listMyExceptions(asker)]);
    expect(seen).toContain(reference);
    expect(seen).not.toContain("A secret.");
  });

  it("are those of a deputy, too, and of nobody else", async () => {
    const deputy = await addPerson(database(), "deputy", { roles: ["line-manager"] });
    const reference = await exceptionAwaitingApproval(asker, "one");
    expect(await addExceptionNote(deputy, reference, "Mine.")).toEqual(NOT_FOUND);
    const today = calendarDay(clock.now());
    await nameDeputy(manager, { principal: "", role: "line-manager", deputy: deputy.email, from: today, until: today });
    expect(await addExceptionNote(deputy, reference, "Mine.")).toEqual(OK);
    const elsewhere = await addPerson(database(), "elsewhere", { body: "nottingham", roles: ["governance-officer"] });
    expect(await getExceptionNotes(elsewhere, reference)).toBeNull();
  });

  it("are refused empty or too long", async () => {
    const reference = await exceptionAwaitingApproval(asker, "one");
    for (const text of ["", "x".repeat(10_000)])
      expect(await addExceptionNote(manager, reference, text)).toMatchObject({ problems: [{ field: "note" }] });
    expect(await texts(manager, reference)).toEqual([]);
  });
});
