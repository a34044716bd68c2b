import "server-only";
import { cache } from "react";
import type { Actor } from "#domain/access/permission/actor.ts";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { MOST_TASKS, sortTasks, type Task } from "#domain/gather/task/task.ts";
import { listAcknowledgementTasks, listDeclineTasks } from "#server/policy/acknowledgement/task-queries.ts";
import { listTokenTasks } from "#server/access/api-token/task-queries.ts";
import { listClearDownTasks } from "#server/registers/clear-down/task-queries.ts";
import { listContentTasks } from "#server/policy/policy/fault-queries.ts";
import { listContinuityTasks } from "#server/registers/continuity/task-queries.ts";
import { listExceptionTasks } from "#server/policy/exception/queries.ts";
import { listGroupTasks } from "#server/registers/group/task-queries.ts";
import { listIncidentTasks } from "#server/registers/incident/task-queries.ts";
import { listHoldTasks } from "#server/registers/hold/task-queries.ts";
import { bankHolidays } from "#server/base/calendar/bank-holidays.ts";
import { clock } from "#server/base/clock.ts";
import { getOwnBody } from "#server/policy/policy/queries.ts";
import { listQuestionTasks } from "#server/policy/question/task-queries.ts";
import { listReceiptTasks } from "#server/answers/receipt/task-queries.ts";
import { listRecordTasks } from "#server/registers/record/task-queries.ts";
import { listReviewTasks } from "#server/gather/review/task-queries.ts";

/** Each noun says which tasks the actor has for it; nothing is stored, so a task is gone as soon as its reason is. */
const COLLECTORS: readonly ((actor: Actor) => Promise<Task[]>)[] = [
  listAcknowledgementTasks,
  listDeclineTasks,
  listQuestionTasks,
  listExceptionTasks,
  listContentTasks,
  listReviewTasks,
  listReceiptTasks,
  listContinuityTasks,
  listGroupTasks,
  listRecordTasks,
  listIncidentTasks,
  listHoldTasks,
  listClearDownTasks,
  listTokenTasks,
];

/**
 * The actor's tasks now, earliest due first: at most one more than MOST_TASKS, which shows that there are more. Each
 * collector reads no more than that. Collected once per request, although every page counts them.
 */
export const listTasks = cache(async (actor: Actor): Promise<Task[]> => {
  const collected = await Promise.all(COLLECTORS.map((collect) => collect(actor)));
  return sortTasks(collected.flat()).slice(0, MOST_TASKS + 1);
});

/** How many, as a badge shows it: "3", or "99+" if there are more. */
export async function countTasks(actor: Actor): Promise<string> {
  const { length } = await listTasks(actor);
  return length < MOST_TASKS ? String(length) : `${MOST_TASKS - 1}+`;
}

/** The days off of the actor's body from today on, YYYY-MM-DD: tasks are counted in working days. */
export async function listDaysOff(actor: Actor): Promise<ReadonlySet<string>> {
  const today = calendarDay(clock.now());
  const body = await getOwnBody(actor);
  return bankHolidays(body?.nation ?? "uk", today, addDays(today, 365));
}
