import { type Actor, can } from "#domain/access/permission/permission.ts";
import { addDays, dateInWords } from "#domain/base/calendar/calendar.ts";
import { newTask, type Task } from "#domain/gather/task/task.ts";
import { clock } from "#server/base/clock.ts";
import type { Asked, Register } from "#domain/base/list/page.ts";
import { registerOver } from "#server/base/db/list-page.ts";
import { getDatabase, type Tx } from "#server/base/db/database.ts";
import { appList, countAppsAt, findApp, listAppDecisions, listAppRecords, type AppRecord } from "./repository.ts";

export type { AppRecord };

/** An app with the decisions on it, the newest first. */
export type AppView = AppRecord & { decisions: Awaited<ReturnType<typeof listAppDecisions>>; mayDecide: boolean };

/** One app of the actor's body; null if it is not on the register. */
export async function getApp(actor: Actor, slug: string): Promise<AppView | null> {
  const tx = getDatabase();
  const app = await findApp(tx, actor.body, slug);
  if (!app || !can(actor, "app.read", app)) return null;
  return { ...app, decisions: await listAppDecisions(tx, app.id), mayDecide: can(actor, "app.decide", app) };
}

/** The register of apps, for everybody in the body. */
export const getAppRegister = (actor: Actor, asked: Asked): Register<AppRecord> | null =>
  can(actor, "app.read", actor) ? registerOver(appList(getDatabase(), actor.body, asked), (apps) => [...apps]) : null;

/** Used while a body's register of apps is empty: what the policies are about. */
const BEFORE_ANY_DECISION = "WhatsApp";

/** The names of the apps that a group may be in. For other rooms, which have authorised already. */
export async function listAppsForGroups(body: string, tx: Tx = getDatabase()): Promise<string[]> {
  const apps = await listAppRecords(tx, body);
  return apps.length === 0
    ? [BEFORE_ANY_DECISION]
    : apps.filter(({ state }) => state === "approved").map(({ name }) => name);
}

/** How many days before its review an app becomes a task. */
const REVIEW_NOTICE_DAYS = 14;

/** Apps to be decided on again, because their day comes or who owns the risk has left, for those who decide. */
export async function listAppTasks(actor: Actor): Promise<Task[]> {
  if (!can(actor, "app.decide", actor)) return [];
  const today = clock.today();
  const soon = addDays(today, REVIEW_NOTICE_DAYS);
  const apps = await listAppRecords(getDatabase(), actor.body, {
    state: { not: "ended" },
    OR: [{ reviewOn: { lte: soon } }, { riskOwner: { status: "left" } }],
  });
  return apps.map(({ slug, name, reviewOn, riskOwner }): Task =>
    newTask("review-app", slug, {
      due: riskOwner.status === "left" ? today : reviewOn,
      href: `/apps/${slug}/decide`,
      title: `Decide again on the app ${name}`,
      reason:
        riskOwner.status === "left"
          ? "Who owns its risk has left. Name somebody else."
          : `It is to be looked at again by ${dateInWords(reviewOn)}.`,
    }),
  );
}

/** How many apps were in each state at a moment. For figures, which have authorised already. */
export const countAppStates = async (body: string, end: Date) => countAppsAt(getDatabase(), body, end);
