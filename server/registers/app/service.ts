import { tellAll, type Notice } from "#domain/evidence/notice/notice.ts";
import { eventBy } from "#domain/evidence/journal/event.ts";
import type { NotTaken, Refused } from "#domain/base/form/outcome.ts";
import { randomUUID } from "node:crypto";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import { addMonths, calendarDay } from "#domain/base/calendar/calendar.ts";
import { dayOf } from "#domain/base/form/form-values.ts";
import { APP_STATES, appProblems, appSlug, type AppDraft, type AppState } from "#domain/registers/app/app.ts";
import { inCharge } from "#domain/registers/group/member.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase, type Tx } from "#server/base/db/database.ts";
import { untilUnique } from "#server/base/db/until-unique.ts";
import { findOnePerson } from "#server/people/directory/queries.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { listGroupsInApp } from "#server/registers/group/queries.ts";
import { findApp, insertApp, insertAppDecision, updateApp } from "./repository.ts";

type AppResult = { code: "done"; slug: string } | Refused | NotTaken;

/** The furthest that the next decision may be put off, in months. */
const LONGEST_REVIEW_MONTHS = 24;

/**
 * Decides on an app: a new one, or again on one that is on the register. Each decision keeps the whole entry, so that
 * anybody can see on what it rested. Who owns the risk is told; the administrators of groups in an app that is no
 * longer approved are told, too.
 * @param on the app that is decided on again, and the revision that was shown; null for a new one
 */
export async function decideApp(
  actor: Actor,
  on: { slug: string; revision: number } | null,
  draft: AppDraft,
): Promise<AppResult> {
  if (!can(actor, "app.decide", actor)) return { code: "not-found" };
  // An app of another body is none, whatever is sent about it.
  if (on && !(await findApp(getDatabase(), actor.body, on.slug))) return { code: "not-found" };
  const at = clock.now();
  const today = calendarDay(at);
  const owner = await findOnePerson(actor, draft.riskOwner);
  const problems = [
    ...appProblems(draft, { today, last: addMonths(today, LONGEST_REVIEW_MONTHS) }),
    ...("message" in owner ? [{ field: "riskOwner", message: owner.message }] : []),
  ];
  const reviewOn = dayOf(draft.reviewOn);
  if (problems.length > 0 || draft.state === null || "message" in owner || reviewOn === null)
    return { code: "invalid", problems };
  const { name, state, purpose, whoMay, settings, reason } = draft;
  const dpia = { dpiaReference: draft.dpiaReference || null, dpiaOn: dayOf(draft.dpiaOn) };
  const entry = { state, purpose, whoMay, ...dpia, riskOwnerId: owner.id, settings: [...settings], reviewOn };
  const slug = on?.slug ?? appSlug(name);
  return untilUnique("App", () =>
    transact(async (tx): Promise<Change<AppResult>> => {
      const found = await findApp(tx, actor.body, slug);
      const stop = (result: AppResult) => ({ result, evidence: [] });
      if (on && !found) return stop({ code: "not-found" });
      if (!on && found) return stop({ code: "invalid", problems: [{ field: "name", message: ON_REGISTER }] });
      const id = found?.id ?? randomUUID();
      if (!found) await insertApp(tx, { id, body: actor.body, slug, name, ...entry });
      else if (!(await updateApp(tx, { id, revision: on?.revision ?? 0 }, entry)))
        return stop({ code: "refused", message: DECIDED_MEANWHILE });
      const appName = found?.name ?? name;
      const row = { id: randomUUID(), appId: id, at, personId: actor.personId, state, reason };
      await insertAppDecision(tx, { ...row, entry: { ...entry, riskOwner: owner.name } });
      const event = eventBy(actor, at, "app.decided", slug, {
        data: { state, reviewOn, dpiaOn: dpia.dpiaOn, riskOwner: owner.id },
        detail: { ...entry, name: appName, reason },
      });
      const app = { slug, name: appName, state, reason, wasApproved: found?.state === "approved" };
      return { result: { code: "done", slug }, evidence: [event], notices: await tellOfApp(tx, actor, owner.id, app) };
    }),
  );
}

const ON_REGISTER = "It is on the register already. Open it there and decide again.";
const DECIDED_MEANWHILE = "Somebody has decided on this app since you opened it. Read what they decided, then decide.";

interface DecidedApp {
  slug: string;
  name: string;
  state: AppState;
  reason: string;
  wasApproved: boolean;
}

async function tellOfApp(tx: Tx, { body, personId }: Actor, owner: string, app: DecidedApp) {
  const { slug, name, state, reason, wasApproved } = app;
  const kind = "app-decided" as const;
  const ofOwner: Notice = {
    body,
    to: owner,
    kind,
    href: `/apps/${slug}`,
    subject: `${name}: ${APP_STATES[state].toLowerCase()}, and its risk is yours`,
    paragraphs: [`Why: ${reason}`],
  };
  const groups = wasApproved && state !== "approved" ? await listGroupsInApp(body, name, tx) : [];
  const ofGroups = groups.flatMap((group) =>
    tellAll(inCharge(group.members, clock.today()), {
      body,
      kind,
      href: `/groups/${group.reference}`,
      subject: `${name} is no longer approved: move or close “${group.name}”`,
      paragraphs: [`Why: ${reason}`, "Copy what has value into the record first. Moving is a new decision."],
    }),
  );
  return [ofOwner, ...ofGroups].filter(({ to }) => to !== personId);
}
