import { type Actor, can } from "#domain/access/permission/permission.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import type { Score } from "#domain/base/risk/risk.ts";
import {
  monthsOfEndings,
  type ExceptionRegisterFilter,
  type RegisterOrder,
} from "#domain/policy/exception/register.ts";
import { stateAt } from "#domain/policy/exception/state.ts";
import { WARN_BEFORE_END_DAYS } from "#domain/gather/task/task.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { registerOver } from "#server/base/db/list-page.ts";
import { titles } from "#server/policy/policy/queries.ts";
import { requestAsVisibleTo } from "./queries.ts";
import {
  countByLastMonth,
  countByWorstRisk,
  countWaitingRequests,
  countSentRequests,
  listRegisterValues,
  registerList,
  type RegisterRow,
} from "./register-repository.ts";
import { listExceptionsById } from "./repository.ts";

/** A request in the register, the title of its policy, and which exception it extends. */
export type RegisterEntry = Awaited<ReturnType<typeof readWhole>>[number];

/** If there are more teams or deciders, the reader types a name. */
export const MOST_REGISTER_CHOICES = 50;

export type ExceptionRegister = NonNullable<Awaited<ReturnType<typeof getExceptionRegister>>>;

/** What matches a filter in the register, for officers and auditors; null for others. No drafts. A file has the newest first. */
export async function getExceptionRegister(
  actor: Actor,
  filter: ExceptionRegisterFilter,
  order: RegisterOrder = "newest",
) {
  if (!can(actor, "exception.read-register", actor)) return null;
  const tx = getDatabase();
  const reading = { body: actor.body, personId: actor.personId, now: clock.now() };
  const state = filter.state || "approved";
  const registerIn = (by: RegisterOrder) =>
    registerOver(registerList(tx, reading, filter, by), (rows) => readWhole(actor, rows, reading.now));
  const [all, values, risks, endings] = await Promise.all([
    countSentRequests(tx, actor.body),
    listRegisterValues(tx, reading, MOST_REGISTER_CHOICES + 1),
    countByWorstRisk(tx, reading, filter, state),
    countByLastMonth(tx, reading, { ...filter, ends: "" }),
  ]);
  const sum = (counts: readonly { count: number }[]) => counts.reduce((total, { count }) => total + count, 0);
  return {
    /** Requests of the body that were ever sent, and those that match the filter. */
    all,
    found: sum(risks),
    /** What occurs in the register: of teams and deciders at most one more than MOST_REGISTER_CHOICES. */
    values,
    /** The worst risks of those found that are in one state: the state filtered by, or else approved. */
    risks: {
      state,
      count: sum(risks.filter(({ isCounted }) => isCounted)),
      countAt: (likelihood: Score, impact: Score) =>
        sum(risks.filter((risk) => risk.likelihood === likelihood && risk.impact === impact)),
    },
    /**
     * How many of those found end in this month and each of the next twelve, and in later ones in which any does,
     * whatever month is filtered by.
     */
    endings: withLater(monthsOfEndings(calendarDay(reading.now)), endings),
    page: registerIn(order).page,
    every: registerIn("newest").every, // the only order with an index
  };
}

function withLater(months: readonly string[], endings: readonly { month: string; count: number }[]) {
  const countIn = (month: string) => endings.find((one) => one.month === month)?.count ?? 0;
  const later = endings.map(({ month }) => month).filter((month) => month > (months.at(-1) ?? ""));
  return [...months, ...later.sort()].map((month) => ({ month, count: countIn(month) }));
}

async function readWhole(actor: Actor, rows: readonly RegisterRow[], now: Date) {
  const ids = rows.map(({ id }) => id);
  const byId = new Map((await listExceptionsById(getDatabase(), ids)).map((one) => [one.id, one]));
  const titleOf = await titles();
  return rows.flatMap(({ id, reference, extends: earlier, extension }) => {
    const exception = byId.get(id);
    if (!exception) return [];
    const entry = { exception: requestAsVisibleTo(actor, exception), state: stateAt(exception, now) };
    return [{ ...entry, reference, title: titleOf(exception.policy, ""), extends: earlier, extension }];
  });
}

const DAY_MS = 24 * 60 * 60_000;

/** How many requests of the body wait and are in force, and how many of these end soon; null for those who may not read the register. */
export async function getRequestCounts(actor: Actor) {
  if (!can(actor, "exception.read-register", actor)) return null;
  const now = clock.now();
  return countWaitingRequests(getDatabase(), actor.body, now, new Date(now.getTime() + WARN_BEFORE_END_DAYS * DAY_MS));
}
