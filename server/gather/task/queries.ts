import "server-only";
import { cache } from "react";
import type { Actor } from "#domain/access/permission/actor.ts";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { MOST_TASKS, outsideTitle, sortTasks, type Task } from "#domain/gather/task/task.ts";
import { listTokenTasks } from "#server/access/api-token/queries.ts";
import { findActor } from "#server/access/identity/queries.ts";
import { listReceiptTasks, listReceiptTasksOf } from "#server/answers/receipt/queries.ts";
import { daysOff } from "#server/base/calendar/days-off.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { listMailTasks } from "#server/evidence/outbox/queries.ts";
import { listReviewTasks } from "#server/gather/review/task-queries.ts";
import { listHandedOverTasks } from "#server/policy/acknowledgement/hand-over-queries.ts";
import {
  listAcknowledgementTasks,
  listAcknowledgementTasksOf,
  listDeclineTasks,
} from "#server/policy/acknowledgement/task-queries.ts";
import { listCampaignTasks } from "#server/policy/campaign/view-queries.ts";
import { listAllExceptionTasks, listExceptionTasksOf } from "#server/policy/exception/task-queries.ts";
import { listContentTasks } from "#server/policy/policy/fault-queries.ts";
import { getOwnBody } from "#server/policy/policy/queries.ts";
import { listQuestionTasks } from "#server/policy/question/task-queries.ts";
import { listClearDownTasks, listClearDownTasksOf } from "#server/registers/clear-down/task-queries.ts";
import { listContinuityTasks } from "#server/registers/continuity/task-queries.ts";
import { listGroupTasks, listGroupTasksOf } from "#server/registers/group/task-queries.ts";
import { listHoldTasks, listHoldTasksOf } from "#server/registers/hold/task-queries.ts";
import { listIncidentTasks, listIncidentTasksOf } from "#server/registers/incident/task-queries.ts";
import { listRecordTasks } from "#server/registers/record/task-queries.ts";
import { listCheckTasks, listCheckTasksOf } from "#server/registers/understanding-check/task-queries.ts";
import { findFeedOf, findOffSince, findPersonByFeed } from "./repository.ts";
import { hashFeedSecret } from "./feed-secret.ts";

/** A noun's tasks of one person, for a page; and of many people of one body, for their digests. */
interface Collector {
  of(actor: Actor): Promise<Task[]>;
  /** By person; asks the database as often for a hundred people as for one. */
  ofMany(actors: readonly Actor[]): Promise<ReadonlyMap<string, Task[]>>;
}

/** For tasks of a role that few people have: the database is not asked about anybody else. */
function ofRole(of: Collector["of"]): Collector {
  return {
    of,
    ofMany: async (actors) => {
      const found = new Map<string, Task[]>();
      for (const actor of actors) found.set(actor.personId, await of(actor));
      return found;
    },
  };
}

/** Each noun says which tasks people have for it; nothing is stored, so a task is gone as soon as its reason is. */
const COLLECTORS: readonly Collector[] = [
  { of: listAcknowledgementTasks, ofMany: listAcknowledgementTasksOf },
  ofRole(listDeclineTasks),
  ofRole(listCampaignTasks),
  ofRole(listHandedOverTasks),
  ofRole(listQuestionTasks),
  { of: listAllExceptionTasks, ofMany: listExceptionTasksOf },
  ofRole(listContentTasks),
  ofRole(listReviewTasks),
  { of: listReceiptTasks, ofMany: listReceiptTasksOf },
  ofRole(listContinuityTasks),
  { of: listGroupTasks, ofMany: listGroupTasksOf },
  ofRole(listRecordTasks),
  { of: listIncidentTasks, ofMany: listIncidentTasksOf },
  { of: listHoldTasks, ofMany: listHoldTasksOf },
  { of: listClearDownTasks, ofMany: listClearDownTasksOf },
  ofRole(listTokenTasks),
  ofRole(listMailTasks),
  { of: listCheckTasks, ofMany: listCheckTasksOf },
];

/**
 * The actor's tasks now, earliest due first: at most one more than MOST_TASKS, which shows that there are more. Each
 * collector reads no more than that. Collected once per request, although every page counts them.
 */
export const listTasks = cache(async (actor: Actor): Promise<Task[]> => {
  const collected = await Promise.all(COLLECTORS.map(({ of }) => of(actor)));
  return firstOf(collected.flat());
});

/**
 * The same for many people, each as their page would show them; the collectors one after the other.
 * @param actors of one body
 * @returns the tasks of one of them
 */
export async function listTasksOf(actors: readonly Actor[]): Promise<(actor: Actor) => Task[]> {
  const collected: ReadonlyMap<string, Task[]>[] = [];
  for (const { ofMany } of COLLECTORS) collected.push(await ofMany(actors));
  return ({ personId }) => firstOf(collected.flatMap((found) => found.get(personId) ?? []));
}

function firstOf(tasks: readonly Task[]): Task[] {
  return sortTasks(tasks).slice(0, MOST_TASKS + 1);
}

/** How many, as a badge shows it: "3", or "99+" if there are more. */
export async function countTasks(actor: Actor): Promise<string> {
  const { length } = await listTasks(actor);
  return length < MOST_TASKS ? String(length) : `${MOST_TASKS - 1}+`;
}

/** The days off of the actor's body from today on, YYYY-MM-DD: tasks are counted in working days. */
export async function listDaysOff(actor: Actor): Promise<ReadonlySet<string>> {
  const today = calendarDay(clock.now());
  const body = await getOwnBody(actor);
  return daysOff(body, today, addDays(today, 365));
}

/** Whether the actor wants the digest on working days. */
export async function wantsDigest({ personId }: Actor): Promise<boolean> {
  return (await findOffSince(getDatabase(), personId)) === null;
}

/** When the secret calendar address of the actor's tasks was made; null if they have none. It was shown once. */
export async function getOwnFeed({ personId }: Actor): Promise<{ madeAt: Date } | null> {
  const feed = await findFeedOf(getDatabase(), personId);
  return feed && { madeAt: feed.madeAt };
}

/** A task as seen by others who can look at somebody's calendar. */
export interface FeedTask {
  key: string;
  title: string;
  /** Last day, YYYY-MM-DD. */
  due: string;
  /** The moment on that day, for what is counted in hours. */
  dueAt?: Date | undefined;
  href: string;
}

/**
 * The tasks of whoever has this secret address: no names, no reasons. Needs no sign-in.
 * @returns null if the address is wrong or ended, or its person has left
 */
export async function listFeedTasks(secret: string): Promise<FeedTask[] | null> {
  const personId = await findPersonByFeed(getDatabase(), hashFeedSecret(secret));
  const actor = personId && (await findActor(personId));
  if (!actor) return null;
  const tasks = await listTasks(actor);
  return tasks.map((task) => ({
    key: task.key,
    title: outsideTitle(task),
    due: task.due,
    dueAt: task.dueAt,
    href: task.href,
  }));
}
