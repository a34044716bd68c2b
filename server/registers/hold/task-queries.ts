import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { addDays, addWorkingDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { CONFIRM_HOLD_WITHIN_WORKING_DAYS, MOST_TASKS, type Task } from "#domain/gather/task/task.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import { daysOff } from "#server/base/calendar/days-off.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { getOwnBody } from "#server/policy/policy/queries.ts";
import { listConcerning } from "./queries.ts";
import { listOnPeople, listToReview } from "./repository.ts";

/**
 * The holds that concern the actor and that they have not confirmed, as tasks. People who join a group later get them
 * too.
 */
export async function listHoldTasks(actor: Actor): Promise<Task[]> {
  return toConfirm(await listConcerning(actor), await getOwnBody(actor));
}

/** The same for many people of one body, by person. */
export async function listHoldTasksOf(actors: readonly Actor[]): Promise<Map<string, Task[]>> {
  const [first] = actors;
  if (!first) return new Map();
  const ids = actors.map(({ personId }) => personId);
  const [holds, body] = await Promise.all([listOnPeople(getDatabase(), first.body, ids), getOwnBody(first)]);
  return new Map([...holds].map(([personId, own]) => [personId, toConfirm(own, body)]));
}

/** Holds whose day of review has come, as tasks for those who can end or correct them. */
export async function listHoldReviewTasks(actor: Actor): Promise<Task[]> {
  if (!can(actor, "hold.place", actor)) return [];
  const holds = await listToReview(getDatabase(), actor.body, calendarDay(clock.now()), MOST_TASKS + 1);
  return holds.map(({ reference, keep, reviewOn }) => ({
    kind: "review-hold",
    key: `review-hold ${reference}`,
    href: `/holds/${reference}`,
    title: `Look at the hold ${reference}: is it still needed?`,
    reason: `End it, or set another day. ${shortened(keep)}`,
    due: reviewOn ?? "",
  }));
}

function toConfirm(concerning: Awaited<ReturnType<typeof listConcerning>>, body: Body | null): Task[] {
  const waiting = concerning.filter(({ confirmations }) => confirmations.length === 0);
  return waiting.map(({ reference, keep, placedAt }) => {
    const from = calendarDay(placedAt);
    const holidays = daysOff(body, from, addDays(from, 30));
    return {
      kind: "confirm-hold",
      key: `confirm-hold ${reference}`,
      href: `/holds/${reference}`,
      title: `Confirm the hold ${reference}: do not delete these messages`,
      reason: shortened(keep),
      act: { action: `/holds/${reference}/send`, label: "I will not delete them", hidden: { do: "confirm" } },
      due: addWorkingDays(from, CONFIRM_HOLD_WITHIN_WORKING_DAYS, holidays),
    };
  });
}

/** A text shortened to one line of a list. */
function shortened(text: string): string {
  const line = [...text.replaceAll(/\s+/g, " ")];
  return line.length <= MOST ? line.join("") : `${line.slice(0, MOST - 1).join("")}…`;
}
const MOST = 200;
