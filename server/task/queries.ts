import "server-only";
import { cache } from "react";
import type { Actor } from "#domain/access/actor.ts";
import { addDays, calendarDay } from "#domain/calendar/calendar.ts";
import { sortTasks, type Task } from "#domain/task/task.ts";
import { listAcknowledgementTasks, listDeclineTasks } from "#server/acknowledgement/task-queries.ts";
import { listTokenTasks } from "#server/api-token/task-queries.ts";
import { listClearDownTasks } from "#server/clear-down/task-queries.ts";
import { listContentTasks } from "#server/policy/fault-queries.ts";
import { listContinuityTasks } from "#server/continuity/task-queries.ts";
import { listExceptionTasks } from "#server/exception/queries.ts";
import { listGroupTasks } from "#server/group/task-queries.ts";
import { listIncidentTasks } from "#server/incident/task-queries.ts";
import { listHoldTasks } from "#server/hold/task-queries.ts";
import { bankHolidays } from "#server/calendar/bank-holidays.ts";
import { clock } from "#server/clock.ts";
import { getOwnBody } from "#server/policy/queries.ts";
import { listQuestionTasks } from "#server/question/task-queries.ts";
import { listReceiptTasks } from "#server/receipt/task-queries.ts";
import { listRecordTasks } from "#server/record/task-queries.ts";
import { listReviewTasks } from "#server/review/task-queries.ts";

/** Each noun says what the actor owes it; nothing is stored, so that a task is gone the moment its reason is. */
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

/** All that the actor owes now, earliest due first. Asked once a request: every page counts them. */
export const listTasks = cache(async (actor: Actor): Promise<Task[]> => {
  const collected = await Promise.all(COLLECTORS.map((collect) => collect(actor)));
  return sortTasks(collected.flat());
});

/** How many. */
export async function countTasks(actor: Actor): Promise<number> {
  return (await listTasks(actor)).length;
}

/** The days off of the actor's body from today on, YYYY-MM-DD: tasks are counted in working days. */
export async function listDaysOff(actor: Actor): Promise<ReadonlySet<string>> {
  const today = calendarDay(clock.now());
  const body = await getOwnBody(actor);
  return bankHolidays(body?.nation ?? "uk", today, addDays(today, 365));
}
