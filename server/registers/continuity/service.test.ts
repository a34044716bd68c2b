import { beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { getActivity, getCurrentActivity, getHistory, listOwnActivities, listContinuityTasks } from "./queries.ts";
import { declareActivity, endActivity } from "./service.ts";

describeOnEachDatabase("business continuity activities", (database) => {
  let officer: Actor;
  let second: Actor;
  let employee: Actor;
  let auditor: Actor;
  beforeEach(async () => {
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    second = await addPerson(database(), "second", { roles: ["governance-officer"] });
    employee = await addPerson(database(), "employee");
    auditor = await addPerson(database(), "auditor", { roles: ["auditor"] });
  });

  const sent = (startKey = "key-1") => ({ startKey, title: "E-mail is down", reason: "A cable was cut." });
  const declare = async (actor = officer, startKey = "key-1"): Promise<string> => {
    const result = await declareActivity(actor, sent(startKey));
    if (result.code !== "declared") throw new Error(`Not declared: ${result.code}.`);
    return result.reference;
  };
  const evidence = () => database().prisma.evidence.findMany({ orderBy: { position: "asc" } });

  it("is declared and ended with reason and time, with evidence both times that holds no text", async () => {
    const reference = await declare();
    expect(await getCurrentActivity(employee)).toMatchObject({ reference, title: "E-mail is down" });
    expect(await endActivity(second, reference, "Repaired.")).toEqual({ code: "ended" });
    expect(await getCurrentActivity({ ...employee })).toBeNull();
    const rows = await evidence();
    expect(rows).toMatchObject([
      { event: "continuity.declared", actor: "officer", subject: reference },
      { event: "continuity.ended", actor: "second", subject: reference },
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/cable|Repaired|E-mail/);
    expect(await getActivity(auditor, reference)).toMatchObject({
      record: { reason: "A cable was cut.", endReason: "Repaired.", startedBy: { name: "Person officer" } },
    });
    expect(await listOwnActivities(second)).toMatchObject([{ reference, reason: null, endReason: "Repaired." }]);
  });

  it("lets one of two officers declare it, and tells the other", async () => {
    const results = await Promise.all([declareActivity(officer, sent("a")), declareActivity(second, sent("b"))]);
    expect(results.map(({ code }) => code).sort()).toEqual(["declared", "too-late"]);
    expect(await evidence()).toHaveLength(1);
  });

  it("is declared once, however often a form is sent, even after it has ended", async () => {
    const references = await Promise.all(Array.from({ length: 5 }, () => declare()));
    expect(new Set(references).size).toBe(1);
    await endActivity(officer, references[0] ?? "", "Over.");
    expect(await declare()).toBe(references[0]);
    expect(await getCurrentActivity({ ...employee })).toBeNull();
    expect(await evidence()).toHaveLength(2);
  });

  it("lets one of two officers end it", async () => {
    const reference = await declare();
    const results = await Promise.all([endActivity(officer, reference, "A"), endActivity(second, reference, "B")]);
    expect(results.map(({ code }) => code).sort()).toEqual(["ended", "too-late"]);
    expect(await evidence()).toHaveLength(2);
    expect(await declare(second, "again")).not.toBe(reference);
  });

  it("is for governance officers of the body, and its reasons are visible to them and auditors", async () => {
    const stranger = await addPerson(database(), "stranger", { body: "nottingham", roles: ["governance-officer"] });
    for (const actor of [employee, auditor]) expect((await declareActivity(actor, sent())).code).toBe("not-found");
    const reference = await declare();
    for (const actor of [employee, auditor, stranger])
      expect((await endActivity(actor, reference, "Mine.")).code).toBe("not-found");
    expect(await getActivity(employee, reference)).toMatchObject({ record: null, mayEnd: false });
    expect(await getActivity(stranger, reference)).toBeNull();
    expect(await getCurrentActivity(stranger)).toBeNull();
    expect(await getHistory(employee, null)).toBeNull();
    expect((await getHistory(stranger, null))?.rows).toEqual([]);
    expect((await getHistory(auditor, null))?.rows).toMatchObject([{ reference, mayEnd: false }]);
    expect((await declareActivity(stranger, sent())).code).toBe("declared");
  });

  it("is refused without a title and reason", async () => {
    expect(await declareActivity(officer, { startKey: "k", title: "", reason: "" })).toMatchObject({ code: "invalid" });
    expect(await endActivity(officer, await declare(), "")).toMatchObject({ code: "invalid" });
  });

  it("is a task of governance officers once it has lasted a week", async () => {
    const reference = await declare();
    expect(await listContinuityTasks(officer)).toEqual([]);
    const startedAt = new Date(Date.now() - 8 * 24 * 60 * 60 * 1000);
    await database().prisma.continuityActivity.update({ where: { reference }, data: { startedAt } });
    expect(await listContinuityTasks({ ...officer })).toMatchObject([{ href: `/continuity/${reference}` }]);
    expect(await listContinuityTasks({ ...employee })).toEqual([]);
  });
});
