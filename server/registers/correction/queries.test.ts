import { tasksOfOne } from "#server/testing/tasks.ts";
import { expect, it } from "vitest";
import { correctConsent, recordConsent, retirePhoto } from "#server/registers/consent/service.ts";
import { getConsent, listConsentTasksOf } from "#server/registers/consent/queries.ts";
import { correctActivity, declareActivity } from "#server/registers/continuity/service.ts";
import { getActivity } from "#server/registers/continuity/queries.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { listCorrections } from "./queries.ts";
import { insertCorrection } from "./effects.ts";

const listConsentTasks = tasksOfOne(listConsentTasksOf);

const day = (text: string) => ({ kind: "day", day: text }) as const;
const draft = { name: "A. Person and B. Person", age: "adult", guardian: "", purpose: "News", formReference: "7" };
const consent = { ...draft, givenOn: day("2026-01-01"), until: day("2026-06-01") };

describeOnOneDatabase("corrections", (database) => {
  it("of two at once one is written, and what stood before stays", async () => {
    const officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    const declared = await declareActivity(officer, { startKey: "k", title: "E-mail is dwon", reason: "Flood." });
    const reference = declared.code === "declared" ? declared.reference : "";
    const correct = (title: string) =>
      correctActivity(officer, reference, { seen: 0, why: "A slip.", title, reason: "Flood." });
    const both = await Promise.all([correct("E-mail is down"), correct("Post is down")]);
    expect(both.map(({ code }) => code).sort()).toEqual(["corrected", "too-late"]);
    const view = await getActivity(officer, reference);
    expect(view?.corrections).toMatchObject([{ by: "You", before: { title: "E-mail is dwon" } }]);
    expect(view?.title).not.toBe("E-mail is dwon");
    const employee = await addPerson(database(), "employee");
    expect((await getActivity(employee, reference))?.corrections).toEqual([]);
    const again = { seen: 1, why: "x", title: "y", reason: "z" };
    expect(await correctActivity(employee, reference, again)).toEqual({ code: "not-found" });
    const stale = { subject: reference, seen: 0, at: new Date(), reason: "", before: {} };
    expect(await insertCorrection(database().prisma, officer, stale)).toBe(false);
    expect(await listCorrections(officer, reference)).toHaveLength(1);
  }, 120_000);

  it("take somebody off a photo consent; once it has ended it is a task of who recorded it, or of officers", async () => {
    const officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    const owner = await addPerson(database(), "owner");
    const recorded = await recordConsent(owner, { startKey: "k", draft: consent });
    const reference = recorded.code === "recorded" ? recorded.reference : JSON.stringify(recorded);
    const off = { seen: 0, draft: { ...consent, name: "A. Person" }, why: "B is not in it." };
    expect(await correctConsent(owner, reference, off)).toEqual({ code: "corrected" });
    expect(await correctConsent(owner, reference, off)).toEqual({ code: "too-late" });
    const view = await getConsent(officer, reference);
    expect(view).toMatchObject({ name: "A. Person", corrections: [{ before: { name: "A. Person and B. Person" } }] });
    expect(await listConsentTasks(owner)).toMatchObject([{ kind: "end-photo-use", due: "2026-06-01" }]);
    expect(await listConsentTasks(officer)).toEqual([]);
    await database().prisma.person.update({ where: { id: "owner" }, data: { status: "left" } });
    expect((await listConsentTasksOf([officer])).get("officer")).toMatchObject([{ href: `/photos/${reference}` }]);
    expect(await retirePhoto(officer, reference)).toEqual({ code: "done" });
    expect(await listConsentTasks(officer)).toEqual([]);
    expect(await database().prisma.evidence.count({ where: { event: "photo-consent.retired" } })).toBe(1);
    const longer = { seen: 1, draft: { ...off.draft, until: day("2026-07-01") }, why: "Read wrongly." };
    expect(await correctConsent(officer, reference, longer)).toEqual({ code: "corrected" });
    expect(await listConsentTasks(officer)).toHaveLength(1);
  }, 120_000);
});
