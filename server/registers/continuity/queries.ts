import "server-only";
import { cache } from "react";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { mapPage, type ListPage, type PageCursor } from "#domain/base/list/page.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { listCorrections, type CorrectionView } from "#server/registers/correction/queries.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { readPage } from "#server/base/db/list-page.ts";
import {
  activityList,
  findActivity,
  findCurrentActivity,
  listActivitiesOf,
  type ActivityRecord,
} from "./repository.ts";

/** The parts of an activity that everybody in the body may see. */
export interface ActivityInShort {
  reference: string;
  title: string;
  startedAt: Date;
}

/** An activity as seen by somebody in its body. */
export interface ActivityView extends ActivityInShort {
  endedAt: Date | null;
  mayEnd: boolean;
  /** Reason and people, for governance officers and auditors; null for others. */
  record: {
    reason: string;
    startedBy: Involved;
    endReason: string | null;
    endedBy: Involved | null;
  } | null;
}

interface Involved {
  name: string;
  isActor: boolean;
}

/**
 * The activity that the actor's body has declared now; null if there is none. Queried once per request, since every
 * page shows it.
 */
export const getCurrentActivity = cache(async (actor: Actor): Promise<ActivityInShort | null> => {
  const activity = await findCurrentActivity(getDatabase(), actor.body);
  return activity && { reference: activity.reference, title: activity.title, startedAt: activity.startedAt };
});

/** One activity of the actor's body; null if the reference is unknown or belongs to another body. */
export async function getActivity(
  actor: Actor,
  typed: string,
): Promise<(ActivityView & { mayCorrect: boolean; corrections: CorrectionView[] }) | null> {
  const reference = parseReference("CON", typed);
  const activity = reference && (await findActivity(getDatabase(), actor.body, reference));
  if (!activity || !can(actor, "portal.use", activity)) return null;
  const view = viewFor(actor, activity);
  const corrections = view.record ? await listCorrections(actor, activity.reference) : [];
  return { ...view, mayCorrect: can(actor, "continuity.declare", activity), corrections };
}

/** A page of the activities of the body, the newest first; null for those who may not see them. */
export async function getHistory(actor: Actor, cursor: PageCursor): Promise<ListPage<ActivityView> | null> {
  if (!can(actor, "continuity.read-history", actor)) return null;
  const page = await readPage(activityList(getDatabase(), actor.body), cursor);
  return mapPage(page, (activity) => viewFor(actor, activity));
}

/** An activity that somebody declared or ended, with what they wrote about it themselves. */
export interface OwnActivity extends ActivityInShort {
  endedAt: Date | null;
  /** null if somebody else declared it. */
  reason: string | null;
  /** null if it has not ended, or somebody else ended it. */
  endReason: string | null;
}

/** The activities that the actor declared or ended, the newest first. */
export async function listOwnActivities(actor: Actor): Promise<OwnActivity[]> {
  const activities = await listActivitiesOf(getDatabase(), actor.body, actor.personId);
  return activities.map(({ reference, title, startedAt, endedAt, reason, endReason, startedById, endedById }) => ({
    reference,
    title,
    startedAt,
    endedAt,
    reason: startedById === actor.personId ? reason : null,
    endReason: endedById === actor.personId ? endReason : null,
  }));
}

function viewFor(actor: Actor, activity: ActivityRecord): ActivityView {
  const { reference, title, startedAt, endedAt, reason, startedBy, endReason, endedBy } = activity;
  const involved = ({ id, name }: { id: string; name: string }) => ({ name, isActor: id === actor.personId });
  return {
    reference,
    title,
    startedAt,
    endedAt,
    mayEnd: endedAt === null && can(actor, "continuity.declare", actor),
    record: can(actor, "continuity.read-history", actor)
      ? { reason, startedBy: involved(startedBy), endReason, endedBy: endedBy && involved(endedBy) }
      : null,
  };
}
