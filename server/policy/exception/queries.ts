import "server-only";
import { cache } from "react";
import type { Actor } from "#domain/access/permission/actor.ts";
import { capacitiesOf, type Capacity } from "#domain/access/permission/capacity.ts";
import { can } from "#domain/access/permission/permission.ts";
import {
  addDays,
  addWorkingDays,
  calendarDay,
  dateInWords,
  lastDay,
  workingDaysBetween,
} from "#domain/base/calendar/calendar.ts";
import { ownsMitigation } from "#domain/policy/exception/mitigation.ts";
import { turnFor, type Bar } from "#domain/policy/exception/decider.ts";
import { isCurrentException, isFor, type GrantedException } from "#domain/policy/exception/coverage.ts";
import {
  EXCEPTION_COMMANDS,
  permit,
  stateAt,
  type ExceptionCommand,
  type ExceptionState,
} from "#domain/policy/exception/state.ts";
import { levelOf } from "#domain/base/risk/risk.ts";
import type { PermittedException } from "#domain/gather/foi/redaction.ts";
import { ANSWER_WITHIN_WORKING_DAYS, MOST_TASKS, WARN_BEFORE_END_DAYS, type Task } from "#domain/gather/task/task.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import { bankHolidays } from "#server/base/calendar/bank-holidays.ts";
import { clock } from "#server/base/clock.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { requestAsVisibleTo } from "./sent-request-rules.ts";
import { readDeciderRelations, type DeciderRelations } from "./decider-rules.ts";
import { findException, listExceptions, type ExceptionRecord, type MitigationRecord } from "./repository.ts";

export type { ExceptionRecord, MitigationRecord, RiskRecord, StepRecord } from "./repository.ts";

/** How much of a request somebody sees: all of it, or only what it permits and for how long. */
export type ExceptionView = {
  exception: ExceptionRecord;
  /** The state now: approved turns into expired by itself. */
  state: ExceptionState;
  sees: "all" | "permission";
  capacities: readonly Capacity[];
  /** Why the reader decides nothing about it, whatever their role; null where nothing stands in the way. */
  bar: Bar | null;
  /** In which capacities it can be decided on, or revoked once it is approved; none where nobody is left who may. */
  deciders: readonly Capacity[];
  /** What the reader may do with it now; marking a mitigation as done is told by `ownMitigations`. */
  commands: readonly ExceptionCommand[];
  /** Ids of the mitigations that are the reader's to see to and not done, while it is approved. */
  ownMitigations: readonly string[];
};

/** The request with this reference, as far as the actor may see it; null where there is none for them. */
export async function getException(actor: Actor, reference: string): Promise<ExceptionView | null> {
  const found = await findException(getDatabase(), actor.body, reference);
  if (!found) return null;
  const exception = requestAsVisibleTo(actor, found);
  const now = clock.now();
  const capacities = capacitiesOf(actor, { ...exception, managerId: exception.requester.managerId });
  const state = stateAt(exception, now);
  const isRequester = capacities.includes("requester");
  const isReader = capacities.length > 0 || can(actor, "exception.read-register", exception);
  const isCovered = state === "approved" && isFor(exception, actor);
  const seesAll = isRequester || (isReader && exception.state !== "draft");
  const ownMitigations = openMitigations(actor, exception, state).map(({ id }) => id);
  // A policy owner who sees to a mitigation has to know of what.
  if (!seesAll && !isCovered && ownMitigations.length === 0) return null;
  // Asked only for who may see it: what is not theirs takes as many queries as what is not there.
  const standing = (await readDeciderRelations(getDatabase(), actor, [exception])).standingOf(actor, exception);
  const { bar, free } = standing;
  const commands = EXCEPTION_COMMANDS.filter((command) => permit(exception, command, standing, now).ok);
  const deciders = turnFor(state === "approved" ? "revoke" : "approve", exception.residual, free);
  return {
    exception,
    state,
    sees: seesAll ? "all" : "permission",
    capacities,
    bar,
    deciders,
    commands,
    ownMitigations,
  };
}

/** The actor's own draft or sent-back request, to be edited; null for anybody else and in every other state. */
export async function getEditable(actor: Actor, reference: string): Promise<ExceptionRecord | null> {
  const view = await getException(actor, reference);
  return view?.commands.includes("edit") ? view.exception : null;
}

export interface ExceptionEntry {
  exception: ExceptionRecord;
  state: ExceptionState;
}

/** The actor's own requests, drafts included, newest first; and those of others that cover the actor now. */
export async function listMyExceptions(
  actor: Actor,
): Promise<{ mine: ExceptionEntry[]; coveringMe: ExceptionEntry[] }> {
  const now = clock.now();
  const coveredPerson = { personId: actor.personId, teamId: actor.team };
  const found = entries(actor, await listExceptions(getDatabase(), { body: actor.body, coveredPerson }), now).reverse();
  const isMine = ({ exception }: ExceptionEntry) => exception.requesterId === actor.personId;
  const covering = found.filter((entry) => !isMine(entry) && entry.state === "approved");
  return { mine: found.filter(isMine), coveringMe: covering };
}

export interface QueueEntry extends ExceptionEntry {
  /** Working days since it was sent. */
  ageInWorkingDays: number;
  /** Day by which it is to be decided, YYYY-MM-DD. */
  due: string;
}

/** What waits for a decision by the actor: the oldest first, and of one age the riskiest; null for those who decide nothing. */
export async function listQueue(actor: Actor): Promise<QueueEntry[] | null> {
  if (!can(actor, "exception.decide", actor)) return null;
  const now = clock.now();
  const found = await listExceptions(getDatabase(), { body: actor.body, states: ["submitted"] });
  const body = await bodyOf(actor);
  const deciding = await readDeciderRelations(getDatabase(), actor, found);
  return entries(actor, found, now)
    .filter(({ exception }) => isTurnOf(actor, exception, deciding, now))
    .map((entry): QueueEntry => {
      const { exception } = entry;
      const since = exception.submittedAt ?? exception.createdAt;
      return { ...entry, ageInWorkingDays: workingAge(body, since, now), due: dueDay(body, since) };
    })
    .sort(
      (a, b) =>
        b.ageInWorkingDays - a.ageInWorkingDays ||
        (b.exception.residual ?? 0) - (a.exception.residual ?? 0) ||
        (a.exception.submittedAt?.getTime() ?? 0) - (b.exception.submittedAt?.getTime() ?? 0),
    );
}

/** Every request of the body that was ever sent, newest first, for officers and auditors; null for others. No drafts. */
export async function listExceptionRegister(actor: Actor): Promise<ExceptionEntry[] | null> {
  if (!can(actor, "exception.read-register", actor)) return null;
  const found = await listExceptions(getDatabase(), { body: actor.body, states: SENT_STATES });
  return entries(actor, found, clock.now()).reverse();
}

/** Requests of the teams that the actor manages, newest first; null for those who manage none by role. No drafts. */
export async function listTeamExceptions(actor: Actor): Promise<ExceptionEntry[] | null> {
  if (!can(actor, "team.read", actor)) return null;
  const filter = { body: actor.body, managerId: actor.personId, states: SENT_STATES };
  return entries(actor, await listExceptions(getDatabase(), filter), clock.now()).reverse();
}

/** An earlier request as a decider looks back on it: of one that they may not open, neither reference nor name. */
export interface EarlierException {
  reference: string | null;
  requesterName: string | null;
  state: ExceptionState;
  clauses: readonly string[];
  submittedAt: Date | null;
  startsAt: Date | null;
  endsAt: Date | null;
}

export interface EarlierExceptions {
  /** The requester's other requests, newest first. */
  ofPerson: EarlierException[];
  /** Other people's from any of the same clauses, newest first. */
  ofClauses: EarlierException[];
  /** How many from any of the same clauses were ever approved, whoever asked. */
  approvedOnClauses: number;
}

/** What a decider or an auditor looks back on; null for everybody else, the requester too. */
export async function listEarlier(actor: Actor, view: ExceptionView): Promise<EarlierExceptions | null> {
  const { exception, sees, capacities } = view;
  if (sees !== "all" || capacities.includes("requester")) return null;
  const { body, policy } = exception;
  const found = entries(
    actor,
    await listExceptions(getDatabase(), { body, states: SENT_STATES }),
    clock.now(),
  ).reverse();
  const others = found.filter((entry) => entry.exception.id !== exception.id);
  const isSamePerson = (entry: ExceptionEntry) => entry.exception.requesterId === exception.requesterId;
  const onClauses = others.filter(
    (entry) =>
      entry.exception.policy === policy && entry.exception.clauses.some((id) => exception.clauses.includes(id)),
  );
  const asSeen = (entry: ExceptionEntry) => asSeenBy(actor, entry);
  return {
    ofPerson: others.filter(isSamePerson).map(asSeen),
    ofClauses: onClauses.filter((entry) => !isSamePerson(entry)).map(asSeen),
    approvedOnClauses: onClauses.filter((entry) => entry.exception.startsAt !== null).length,
  };
}

function asSeenBy(actor: Actor, { exception, state }: ExceptionEntry): EarlierException {
  const { reference, requester, clauses, submittedAt, startsAt, endsAt } = exception;
  const capacities = capacitiesOf(actor, { ...exception, managerId: requester.managerId });
  const mayOpen = capacities.length > 0 || can(actor, "exception.read-register", exception);
  const who = { reference: mayOpen ? reference : null, requesterName: mayOpen ? requester.name : null };
  return { ...who, state, clauses, submittedAt, startsAt, endsAt };
}

/** The approved exceptions from a policy of the actor's body that hold for the actor now. Asked once a request. */
export const listGranted = cache(async (actor: Actor, policy: string): Promise<GrantedException[]> => {
  const now = clock.now();
  const coveredPerson = { personId: actor.personId, teamId: actor.team };
  const found = await listExceptions(getDatabase(), { body: actor.body, policy, states: ["approved"], coveredPerson });
  return found.flatMap(({ startsAt, endsAt, ...exception }) => {
    if (!startsAt || !endsAt || !isFor(exception, actor) || !isCurrentException({ startsAt, endsAt }, now)) return [];
    const { reference, clauses, situation, conditions } = exception;
    return [{ reference, policy, clauses, situation, conditions, startsAt, endsAt }];
  });
});

/**
 * The exceptions from a policy that were in force at some moment of a time, without who, why and which; null for those
 * who may not read the register. One that was withdrawn or revoked since held until then.
 * @param from first moment @param until first moment after it
 */
export async function listInForceBetween(
  actor: Actor,
  policy: string,
  from: Date,
  until: Date,
): Promise<PermittedException[] | null> {
  if (!can(actor, "exception.read-register", actor)) return null;
  const states = ["approved", "withdrawn", "revoked"] as const;
  const found = await listExceptions(getDatabase(), { body: actor.body, policy, states });
  return found.flatMap(({ clauses, scope, residual, startsAt, endsAt, steps }) => {
    if (!startsAt || !endsAt || !scope) return [];
    const stopped = steps.find(({ command }) => command === "withdraw" || command === "revoke")?.at;
    const end = stopped && stopped < endsAt ? stopped : endsAt;
    return startsAt < until && end > from ? [{ clauses, scope, residual, startsAt, endsAt: end }] : [];
  });
}

/** What the actor owes about exceptions. */
export async function listExceptionTasks(actor: Actor): Promise<Task[]> {
  const now = clock.now();
  const today = calendarDay(now);
  const body = await bodyOf(actor);
  const states = ["submitted", "changes-requested", "approved"] as const;
  const filter = { body: actor.body, states, concerned: actor, take: MOST_TASKS + 1 };
  const found = entries(actor, await listExceptions(getDatabase(), filter), now);
  if (found.length === 0) return [];
  // Nobody decides on their own; that nobody can is for administrators.
  const seesAll = can(actor, "person.manage", actor);
  const waiting = found.flatMap(({ exception, state }) =>
    state === "submitted" && (seesAll || exception.requesterId !== actor.personId) ? [exception] : [],
  );
  const deciding = await readDeciderRelations(getDatabase(), actor, waiting);
  return found.flatMap(({ exception, state }): Task[] => {
    const { reference, changedAt, endsAt } = exception;
    const href = `/exceptions/${reference}`;
    const head = { key: reference, href };
    const due = dueDay(body, exception.state === "submitted" ? (exception.submittedAt ?? changedAt) : changedAt);
    const isMine = exception.requesterId === actor.personId;
    if (state === "submitted" && !isMine && isTurnOf(actor, exception, deciding, now)) {
      const level = levelOf(exception.residual ?? 1);
      const reason = `A colleague asks for an exception. The risk that is left is ${level}.`;
      return [{ ...head, kind: "decide-exception", title: `Decide on ${reference}`, reason, due }];
    }
    if (state === "submitted" && seesAll) {
      if (turnFor("approve", exception.residual, deciding.freeFor(exception)).length > 0) return [];
      const reason =
        "Everybody who decides on exceptions is covered by this one, or has left. Somebody else needs the role.";
      const title = `Name a governance officer who can decide on ${reference}`;
      return [{ ...head, kind: "name-decider", title, reason, due, href: "/admin/people" }];
    }
    if (state === "changes-requested" && isMine) {
      const reason = "You were asked to change your request. It is not decided until you send it again.";
      return [{ ...head, kind: "change-exception", title: `Change ${reference} and send it again`, reason, due }];
    }
    if (state !== "approved") return [];
    const tasks: Task[] = openMitigations(actor, exception, state)
      .filter(({ dueOn }) => dueOn !== null)
      .map(({ id, text, dueOn }) => ({
        kind: "complete-mitigation",
        key: id,
        href: `${href}#mitigation-${id}`,
        due: dueOn ?? today,
        title: `Complete a mitigation of ${reference}`,
        reason: text,
        act: { action: `${href}/mitigations/${encodeURIComponent(id)}/send`, label: "Mark as done", hidden: {} },
      }));
    const last = endsAt && lastDay(endsAt);
    if (isMine && last && addDays(last, -WARN_BEFORE_END_DAYS) <= today) {
      const reason = "When it ends, the policy applies to you again in full. Stop in time, or ask anew.";
      const title = `Your exception ${reference} ends on ${dateInWords(last)}`;
      tasks.push({ ...head, kind: "exception-ends", key: `${reference} ends`, title, reason, due: last });
    }
    return tasks;
  });
}

const SENT_STATES = ["submitted", "changes-requested", "approved", "declined", "withdrawn", "revoked"] as const;

function entries(actor: Actor, found: readonly ExceptionRecord[], now: Date): ExceptionEntry[] {
  // Withdrawn drafts do not exist: a draft is discarded. What was never sent is nobody's business but its writer's.
  return found.map((exception) => ({
    exception: requestAsVisibleTo(actor, exception),
    state: stateAt(exception, now),
  }));
}

function isTurnOf(actor: Actor, exception: ExceptionRecord, deciding: DeciderRelations, now: Date): boolean {
  return permit(exception, "approve", deciding.standingOf(actor, exception), now).ok;
}

/** What the actor has to see to and has not, while an exception is approved. */
function openMitigations(actor: Actor, exception: ExceptionRecord, state: ExceptionState): MitigationRecord[] {
  if (state !== "approved") return [];
  const request = { ...exception, managerId: exception.requester.managerId };
  return exception.risks
    .flatMap(({ mitigations }) => mitigations)
    .filter(({ doneAt, owner }) => doneAt === null && ownsMitigation(actor, request, owner));
}

async function bodyOf(actor: Actor): Promise<Body | undefined> {
  return (await loadContent()).bodies.find(({ slug }) => slug === actor.body);
}

/** Working days, bank holidays of the body's nation left out, from a moment until now. */
function workingAge(body: Body | undefined, since: Date, now: Date): number {
  const [from, to] = [calendarDay(since), calendarDay(now)];
  return workingDaysBetween(from, to, bankHolidays(body?.nation ?? "uk", from, to));
}

function dueDay(body: Body | undefined, since: Date): string {
  const from = calendarDay(since);
  return addWorkingDays(from, ANSWER_WITHIN_WORKING_DAYS, bankHolidays(body?.nation ?? "uk", from, addDays(from, 60)));
}

/** Today in London, for what a form says about days. */
export function getToday(): string {
  return calendarDay(clock.now());
}
