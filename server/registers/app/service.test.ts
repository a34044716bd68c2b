import { beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import type { AppDraft } from "#domain/registers/app/app.ts";
import { clock } from "#server/base/clock.ts";
import { markLeft } from "#server/people/directory/service.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addApprovedGroup } from "#server/testing/groups.ts";
import { addPerson } from "#server/testing/people.ts";
import { getApp, getAppRegister, listAppsForGroups, listAppTasks } from "./queries.ts";
import { seedSampleApps } from "./sample-service.ts";
import { decideApp } from "./service.ts";

const BODY = "example-borough";
const inDays = (days: number) => ({ kind: "day", day: addDays(calendarDay(clock.now()), days) }) as const;
const DRAFT: AppDraft = {
  name: "Signal",
  state: "approved",
  purpose: "Everyday arrangements.",
  whoMay: "All staff.",
  dpiaReference: "DPIA 7",
  dpiaOn: inDays(-3),
  riskOwner: "owner",
  settings: ["Assistant off"],
  reviewOn: inDays(100),
  reason: "It was assessed.",
};

describeOnOneDatabase("the register of apps", (database) => {
  let officer: Actor;
  let employee: Actor;
  let owner: Actor;
  let admin: Actor;
  beforeEach(async () => {
    const add = (id: string, roles: Actor["roles"] = ["employee"]) => addPerson(database(), id, { body: BODY, roles });
    officer = await add("officer", ["governance-officer"]);
    employee = await add("employee");
    owner = await add("owner", ["senior-information-risk-owner"]);
    admin = await add("admin", ["administrator"]);
  });
  const decide = (more: Partial<AppDraft> = {}, on: { slug: string; revision: number } | null = null) =>
    decideApp(officer, on, { ...DRAFT, riskOwner: owner.email, ...more });
  const noticed = async () =>
    (await database().prisma.notice.findMany({ where: { kind: "app-decided" } }))
      .map(({ personId }) => personId)
      .sort();

  it("takes a decision of those who may, with evidence, and tells the owner of the risk", async () => {
    expect((await decideApp(employee, null, { ...DRAFT, riskOwner: owner.email })).code).toBe("not-found");
    expect(await decide()).toEqual({ code: "done", slug: "signal" });
    expect(await decide({ name: "SIGNAL" })).toMatchObject({ code: "invalid", problems: [{ field: "name" }] });
    expect(await noticed()).toEqual(["owner"]);
    expect((await decide({ reason: "" }, { slug: "nowhere", revision: 1 })).code).toBe("not-found");
    const [row] = await database().prisma.evidence.findMany({ where: { event: "app.decided" } });
    expect(row).toMatchObject({ subject: "signal", actor: "officer" });
    expect(await getApp(employee, "signal")).toMatchObject({ mayDecide: false, decisions: [{ reason: DRAFT.reason }] });
    expect((await getAppRegister(employee, { q: "signal" })?.page(null))?.rows).toHaveLength(1);
    expect((await getAppRegister(employee, { state: "refused" })?.page(null))?.rows).toEqual([]);
  });

  it("refuses an approval without an assessment, a late review and an unknown owner", async () => {
    for (const [field, wrong] of [
      ["dpiaReference", { dpiaReference: "" }],
      ["dpiaOn", { dpiaOn: { kind: "empty" } }],
      ["dpiaOn", { dpiaOn: inDays(1) }],
      ["reviewOn", { reviewOn: inDays(800) }],
      ["riskOwner", { riskOwner: "nobody" }],
      ["name", { name: "new" }],
      ["reason", { reason: "" }],
    ] as const)
      expect(await decide(wrong), field).toMatchObject({
        code: "invalid",
        problems: expect.arrayContaining([expect.objectContaining({ field })]) as unknown,
      });
    expect(await decide({ state: "refused", dpiaReference: "", dpiaOn: { kind: "empty" } })).toMatchObject({
      code: "done",
    });
  });

  it("keeps each decision, refuses a stale one, and tells groups in an app that is no longer approved", async () => {
    expect(await listAppsForGroups(BODY)).toEqual(["WhatsApp"]);
    await decide({ name: "WhatsApp" });
    await addApprovedGroup(database(), { administrators: [employee] });
    const on = { slug: "whatsapp", revision: 1 };
    expect((await decide({ state: "ended" }, on)).code).toBe("done");
    expect((await decide({}, on)).code).toBe("refused");
    expect(await noticed()).toEqual(["employee", "owner", "owner"]);
    expect((await getApp(officer, "whatsapp"))?.decisions.map(({ state }) => state)).toEqual(["ended", "approved"]);
    expect(await listAppsForGroups(BODY)).toEqual([]);
  });

  it("is a task before its review, and once the owner of the risk has left", async () => {
    await decide({ reviewOn: inDays(10) });
    await decide({ name: "Threema", reviewOn: inDays(90) });
    const tasks = async (actor: Actor) => (await listAppTasks(actor)).map(({ key }) => key);
    expect([await tasks(officer), await tasks(employee)]).toEqual([["review-app signal"], []]);
    await markLeft(admin, "owner");
    expect(await tasks(officer)).toEqual(["review-app signal", "review-app threema"]);
  });

  it("has two apps to show in the invented body, once", async () => {
    for (const _ of [1, 2]) await seedSampleApps([{ slug: BODY }]);
    const apps = await database().prisma.app.findMany({ orderBy: { name: "asc" } });
    expect(apps.map(({ name, state }) => `${name} ${state}`)).toEqual(["Telegram refused", "WhatsApp approved"]);
  });
});
