import { beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import type { CheckDraft } from "#domain/registers/understanding-check/understanding-check.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { getUnderstandingCheck, getUnderstandingChecks, listOwnChecks, listPoliciesToCheck } from "./queries.ts";
import { correctCheck, recordCheck } from "./service.ts";

const TODAY = calendarDay(new Date());
const DRAFT: CheckDraft = {
  policy: "nao",
  kind: "interview",
  heldBy: "Person officer",
  heldOn: { kind: "day", day: TODAY },
  takenBy: "Twelve drivers",
  result: "Ten knew what to do.",
  actions: "",
};

describeOnEachDatabase("a check of understanding", (database) => {
  let officer: Actor;
  let employee: Actor;
  beforeEach(async () => {
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    employee = await addPerson(database(), "employee");
  });
  const recorded = async (startKey: string, more: Partial<CheckDraft> = {}) => {
    const result = await recordCheck(officer, { startKey, draft: { ...DRAFT, ...more } });
    if (result.code !== "recorded") throw new Error(`Not recorded: ${JSON.stringify(result)}`);
    return result.reference;
  };

  it("is recorded once per form, on the current version, and its words stay out of the journal", async () => {
    const [reference, again] = await Promise.all([recorded("form"), recorded("form")]);
    expect(again).toBe(reference);
    const rows = await database().prisma.evidence.findMany();
    expect(rows).toMatchObject([{ event: "check-held.recorded", actor: "officer", subject: reference, policy: "nao" }]);
    expect(JSON.stringify(rows)).not.toContain("Twelve drivers");
    expect(await getUnderstandingCheck(officer, reference.toLowerCase())).toMatchObject({
      reference,
      kind: "interview",
      heldOn: TODAY,
      takenBy: "Twelve drivers",
      hash: rows[0]?.contentHash,
      person: { name: "Person officer" },
    });
  });

  it("is corrected with a reason, keeps what stood before, and tells whoever recorded it", async () => {
    const reference = await recorded("form");
    const owner = await addPerson(database(), "owner", { roles: ["policy-owner"] });
    const { policy: _, ...draft } = DRAFT;
    const correct = (actor: Actor, more: { seen?: number; why?: string; result?: string }) => {
      const { result = "Ten of twelve knew.", seen = 0, why = "Two were away." } = more;
      return correctCheck(actor, reference, { seen, why, draft: { ...draft, result } });
    };
    expect(await correct(owner, { why: "", result: "" })).toMatchObject({
      code: "invalid",
      problems: [{ field: "result" }, { field: "why" }],
    });
    expect(await correct(employee, {})).toEqual({ code: "not-found" });
    const auditor = await addPerson(database(), "auditor", { roles: ["auditor"] });
    expect(await correct(auditor, {})).toEqual({ code: "not-found" });
    // Two people press at once: one of them sees that the other was there.
    const both = await Promise.all([correct(owner, {}), correct(officer, { result: "Nine." })]);
    expect(both.map(({ code }) => code).sort()).toEqual(["corrected", "too-late"]);
    expect(await correct(owner, { seen: 1, result: "Eleven." })).toEqual({ code: "corrected" });
    const check = await getUnderstandingCheck(auditor, reference);
    expect(check).toMatchObject({ result: "Eleven.", mayCorrect: false, policy: "nao" });
    expect(check?.corrections.map(({ before }) => before["result"])[0]).toBe(DRAFT.result);
    const events = await database().prisma.evidence.findMany({ orderBy: { position: "asc" } });
    expect(events.map(({ event }) => event)).toEqual([
      "check-held.recorded",
      "check-held.corrected",
      "check-held.corrected",
    ]);
    expect(JSON.stringify(events)).not.toContain("Eleven.");
    expect(await database().prisma.notice.findMany({ where: { personId: "owner" } })).toEqual([]);
    expect(await database().prisma.notice.count({ where: { personId: "officer" } })).toBeGreaterThan(0);
  });

  it("is refused for a future day, another body's policy or a missing result, and nothing is written", async () => {
    const fieldsOf = async (more: Partial<CheckDraft>) => {
      const result = await recordCheck(officer, { startKey: "form", draft: { ...DRAFT, ...more } });
      return result.code === "invalid" ? result.problems.map(({ field }) => field) : result;
    };
    expect(await fieldsOf({ heldOn: { kind: "day", day: addDays(TODAY, 1) } })).toEqual(["heldOn"]);
    expect(await fieldsOf({ policy: "nottingham" })).toEqual(["policy"]);
    expect(await fieldsOf({ result: "", kind: "guess" })).toEqual(["kind", "result"]);
    expect(await database().prisma.understandingCheck.count()).toBe(0);
    expect(await database().prisma.evidence.count()).toBe(0);
  });

  it("is recorded and read by people of the body with the permission, newest day first", async () => {
    const older = await recorded("older", { heldOn: { kind: "day", day: addDays(TODAY, -7) } });
    const newer = await recorded("newer");
    const auditor = await addPerson(database(), "auditor", { roles: ["auditor"] });
    const elsewhere = await addPerson(database(), "elsewhere", { roles: ["governance-officer"], body: "nottingham" });
    expect((await getUnderstandingChecks(auditor, {})?.page(null))?.rows.map(({ reference }) => reference)).toEqual([
      newer,
      older,
    ]);
    expect((await listOwnChecks(officer)).map(({ reference }) => reference)).toEqual([newer, older]);
    expect(await listOwnChecks(auditor)).toEqual([]);
    expect((await getUnderstandingChecks(elsewhere, {})?.page(null))?.rows).toEqual([]);
    expect(await getUnderstandingCheck(elsewhere, newer)).toBeNull();
    expect([getUnderstandingChecks(employee, {}), await getUnderstandingCheck(employee, newer)]).toEqual([null, null]);
    expect(await recordCheck(employee, { startKey: "theirs", draft: DRAFT })).toEqual({ code: "not-found" });
    expect((await listPoliciesToCheck(officer))?.map(({ slug }) => slug)).toContain("nao");
    expect(await listPoliciesToCheck(employee)).toBeNull();
  });
});
