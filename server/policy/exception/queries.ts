import { mayConcern } from "#server/access/identity/queries.ts";
import { extensionProblem, conditionInWords, isMissed } from "#domain/policy/exception/request.ts";
import { cache } from "react";
import { capacitiesOf, type Capacity } from "#domain/access/permission/capacity.ts";
import { type Actor, can, ROLE_NAMES } from "#domain/access/permission/permission.ts";
import {
  addDays,
  addMonths,
  calendarDay,
  dateInWords,
  lastDay,
  startOfDay,
  workingDaysBetween,
} from "#domain/base/calendar/calendar.ts";
import { mapPage, type PageCursor } from "#domain/base/list/page.ts";
import { holderOf, looksAfter, mayTakeOver, ownsMitigation } from "#domain/policy/exception/mitigation.ts";
import {
  actsFor,
  capacitiesWithPlaces,
  decisionSteps,
  passedOnTo,
  turnFor,
  type RequestRelation,
  type Turn,
} from "#domain/policy/exception/decider.ts";
import { isCurrentException, isFor, type GrantedException } from "#domain/policy/exception/coverage.ts";
import {
  EXCEPTION_COMMANDS,
  permit,
  stateAt,
  type ExceptionCommand,
  type ExceptionState,
} from "#domain/policy/exception/state.ts";
import { levelOf, residualOf } from "#domain/base/risk/risk.ts";
import { MOST_TASKS, WARN_BEFORE_END_DAYS, type Task } from "#domain/gather/task/task.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import { daysOff } from "#server/base/calendar/days-off.ts";
import { getConnections } from "#server/base/connections.ts";
import { clock } from "#server/base/clock.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { readPage, type ListPlace } from "#server/base/db/list-page.ts";
import { listPeopleById } from "#server/people/directory/queries.ts";
import { readDueDays, readRequestLimits } from "./request-limit-rules.ts";
import {
  asHeld,
  readDeciderRelations,
  readExceptionRules,
  turnSince,
  withPlaces,
  type DeciderRelations,
  readNoteRights,
} from "./decider-rules.ts";
import { listPlaces, type DeputyPlace } from "#server/people/deputy/queries.ts";
import {
  countSimilar,
  findException,
  findExtension,
  listExceptions,
  listExceptionsById,
  listWaitingInShort,
  type ExceptionRecord,
  type MitigationRecord,
  type StepRecord,
  listExceptionNotes,
} from "./repository.ts";

export type { ExceptionRecord, MitigationRecord, RiskRecord, StepRecord } from "./repository.ts";

/** How much of a request somebody sees, and what they may do with it. */
export type ExceptionView = NonNullable<Awaited<ReturnType<typeof getException>>>;

/** The request with this reference, as far as the actor may see it; null if they may not see any of it. */
export async function getException(actor: Actor, reference: string) {
  const places = await listPlaces(getDatabase(), actor.body);
  const found = await findException(getDatabase(), actor.body, reference);
  if (!found) return null;
  const exception = requestAsVisibleTo(actor, found);
  const now = clock.now();
  const capacities = capacitiesWithPlaces(withPlaces(actor, places), asHeld(exception));
  const state = stateAt(exception, now);
  const isRequester = capacities.includes("requester") || exception.requesterId === actor.personId;
  const isReader = capacities.length > 0 || can(actor, "exception.read-register", exception);
  const isCovered = state === "approved" && isFor(exception, actor);
  const seesAll = isRequester || (isReader && exception.state !== "draft");
  const ownMitigations = openMitigations(actor, exception, state).map(({ id }) => id);
  // A policy owner who carries out a mitigation has to know what it is for.
  if (!seesAll && !isCovered && ownMitigations.length === 0) return null;
  // Queried only for people who may see it: for others, it must take as many queries as one that does not exist.
  const deciding = await readDeciderRelations(getDatabase(), actor, [exception]);
  const standing = deciding.standingOf(actor, exception);
  const turn = deciding.turnOf(exception);
  const { bar, free } = standing;
  const onTurn = { ...exception, ...turn };
  const rules = (await readExceptionRules())(exception);
  const may: Partial<Record<ExceptionCommand, boolean>> = {
    extend:
      exception.requesterId === actor.personId &&
      extensionProblem(exception.extension + 1, rules) === null &&
      !(await findExtension(getDatabase(), exception.id, now))?.isApproved,
    "meet-condition": looksAfter(actor, asHeld(exception)),
  };
  const commands = EXCEPTION_COMMANDS.filter(
    (command) => permit(onTurn, command, standing, now).ok && (may[command] ?? true),
  );
  const deciders = turnFor(state === "approved" ? "revoke" : "approve", turn, free);
  return {
    exception,
    /** The state now: approved turns into expired by itself. */
    state,
    /** All of it, or only what it permits and for how long. */
    sees: seesAll ? ("all" as const) : ("permission" as const),
    capacities,
    /** Why the reader cannot decide on it, whatever their role; null if nothing prevents it. */
    bar,
    /** In which capacities it can be decided on, or revoked once it is approved; none if nobody is left who may. */
    deciders,
    rules,
    turn,
    /** What the reader may do with it now; for completing mitigations, see `ownMitigations`. */
    commands,
    ...(state === "submitted" ? turnWords(standing, deciders) : { passedOn: null, decidesFor: null }),
    /** Whether the reader can take it over, because its holder has left. */
    mayTakeOver: state === "approved" && mayTakeOver(actor, asHeld(exception)),
    /** Ids of the mitigations that the reader has to carry out and has not yet, while it is approved. */
    ownMitigations,
  };
}

/**
 * To whom a waiting request was passed on, while they may decide: the reader, or somebody of this role; and in whose
 * place the reader decides on it now, a role; null where for themselves.
 * @param turn the capacities whose turn it is
 */
function turnWords(standing: RequestRelation, turn: readonly Capacity[]) {
  const passedTo = passedOnTo(standing, turn);
  const highest = standing.passedTo?.capacities.at(-1) ?? null;
  const principal = actsFor(standing, turn);
  const isFor = (capacity: Capacity) => principal !== null && standing.standsIn?.[capacity] === principal;
  return {
    passedOn: passedTo === "them" ? ("you" as const) : passedTo && highest,
    decidesFor: turn.find(isFor) ?? null,
  };
}

/** The people to whom the actor can pass a waiting request on, by name, each with their roles. */
export async function listReceivers(actor: Actor, exception: ExceptionRecord) {
  const deciding = await readDeciderRelations(getDatabase(), actor, [exception]);
  const found = deciding.receiversOf(exception).filter(({ personId }) => personId !== actor.personId);
  const names = await listPeopleById(
    actor,
    found.map(({ personId }) => personId),
  );
  const named = found.map((one) => ({
    id: one.personId,
    name: names.find(({ id }) => id === one.personId)?.name ?? one.personId,
    capacities: capacitiesOf(one, asHeld(exception)),
  }));
  return named.sort((a, b) => a.name.localeCompare(b.name, "en-GB"));
}

/** What the current version of its policy and the directory let a request of the actor's be. */
export const getRequestLimits = async (actor: Actor, request: Pick<ExceptionRecord, "policy" | "requester">) =>
  readRequestLimits(getDatabase(), actor, request);

/**
 * How many others of the actor's body asked for one of the same clauses: in force now, and decided in the last twelve
 * months. Counts alone, for whoever is about to ask.
 */
export async function countSimilarRequests(
  actor: Actor,
  { policy, clauses, id: except }: Pick<ExceptionRecord, "policy" | "clauses" | "id">,
) {
  const now = clock.now();
  const since = startOfDay(addMonths(calendarDay(now), -12));
  return countSimilar(getDatabase(), { body: actor.body, policy, clauses, except }, { now, since });
}

/** The registered chat groups that the actor administers: those that they can ask for. */
export const listGroupsToAskFor = async (actor: Actor) => getConnections().listAdministeredGroups(actor);

export type ExceptionEntry = ReturnType<typeof entries>[number];

/** The actor's own requests, including drafts, newest first; and those of others that cover the actor now. */
export async function listMyExceptions(actor: Actor) {
  const now = clock.now();
  const coveredPerson = { personId: actor.personId, teamId: actor.team };
  const found = entries(actor, await listExceptions(getDatabase(), { body: actor.body, coveredPerson }), now).reverse();
  const isMine = ({ exception }: ExceptionEntry) => exception.requesterId === actor.personId;
  const covering = found.filter((entry) => !isMine(entry) && entry.state === "approved");
  return { mine: found.filter(isMine), coveringMe: covering };
}

export type QueueEntry = NonNullable<Awaited<ReturnType<typeof getQueue>>>["rows"][number];

/** This many waiting requests are read at a time, until a page of the actor's own is found. */
const QUEUE_BATCH = 50;

/**
 * A page of the requests that wait for a decision by the actor: oldest first and, if equally old, the riskiest first;
 * null for people who do not decide on any.
 */
export async function getQueue(actor: Actor, cursor: PageCursor = null) {
  if (!can(actor, "exception.decide", actor)) return null;
  const tx = getDatabase();
  const now = clock.now();
  const body = await bodyOf(actor);
  const waiting = (await listWaitingInShort(tx, actor.body))
    .map((one) => ({ ...one, age: workingAge(body, one.submittedAt ?? one.createdAt, now) }))
    .sort(
      (a, b) =>
        b.age - a.age ||
        (b.residual ?? 0) - (a.residual ?? 0) ||
        (a.submittedAt?.getTime() ?? 0) - (b.submittedAt?.getTime() ?? 0) ||
        (a.id < b.id ? -1 : 1),
    );
  const mayDecide = async (ids: readonly string[]) => {
    const found = await listExceptionsById(tx, ids);
    const deciding = await readDeciderRelations(tx, actor, found);
    return found.filter((exception) => isTurnOf(actor, exception, deciding, now));
  };
  async function read({ take }: { take: number }, { beside, way }: ListPlace<ExceptionRecord>) {
    const at = beside ? waiting.findIndex(({ id }) => id === beside.id) : -1;
    const ids = (way === "before" ? waiting.slice(0, at).reverse() : waiting.slice(at + 1)).map(({ id }) => id);
    const found: ExceptionRecord[] = [];
    for (let from = 0; from < ids.length && found.length < take; from += QUEUE_BATCH)
      found.push(...(await mayDecide(ids.slice(from, from + QUEUE_BATCH))));
    return found.slice(0, take);
  }
  const find = async (reference: string) => {
    const known = waiting.find((one) => one.reference === reference);
    return known ? ((await listExceptionsById(tx, [known.id]))[0] ?? null) : null;
  };
  const page = await readPage({ within: {}, order: [["id", "asc"]], key: "reference", find, read }, cursor);
  const dueDay = await readDueDays(actor.body);
  const deciding = await readDeciderRelations(tx, actor, page.rows);
  return mapPage(page, (found) => {
    const exception = requestAsVisibleTo(actor, found);
    const since = exception.submittedAt ?? exception.createdAt;
    const due = dueDay(exception, turnSince(exception));
    const standing = deciding.standingOf(actor, found);
    const words = turnWords(standing, turnFor("approve", deciding.turnOf(found), standing.free));
    return {
      exception,
      state: stateAt(exception, now),
      /** Working days since it was sent. */
      ageInWorkingDays: workingAge(body, since, now),
      /** Day by which it has to be decided, and the working days until then; below nothing, how many it is over. */
      due,
      daysLeft: workingDaysLeft(body, due, now),
      ...words,
    };
  });
}

/**
 * Requests of the teams that the actor manages, newest first; null for people whose role does not make them managers.
 * No drafts.
 */
export async function listTeamExceptions(actor: Actor) {
  if (!can(actor, "team.read", actor)) return null;
  const filter = { body: actor.body, managerId: actor.personId, states: SENT_STATES };
  return entries(actor, await listExceptions(getDatabase(), filter), clock.now()).reverse();
}

export type EarlierExceptions = NonNullable<Awaited<ReturnType<typeof listEarlier>>>;
export type EarlierException = ReturnType<typeof asSeenBy>;

/** Earlier requests for a decider or an auditor; null for everybody else, including the requester. */
export async function listEarlier(actor: Actor, view: ExceptionView) {
  const { exception, sees, capacities } = view;
  if (sees !== "all" || capacities.includes("requester")) return null;
  const { body, policy } = exception;
  const all = await listExceptions(getDatabase(), { body, states: SENT_STATES, like: exception });
  const found = entries(actor, all, clock.now()).reverse();
  const others = found.filter((entry) => entry.exception.id !== exception.id);
  const isSamePerson = (entry: ExceptionEntry) => entry.exception.requesterId === exception.requesterId;
  const onClauses = others.filter(
    (entry) =>
      entry.exception.policy === policy && entry.exception.clauses.some((id) => exception.clauses.includes(id)),
  );
  const asSeen = (entry: ExceptionEntry) => asSeenBy(actor, entry);
  return {
    /** The requester's other requests, newest first. */
    ofPerson: others.filter(isSamePerson).map(asSeen),
    /** Other people's for any of the same clauses, newest first; and how many were ever approved, whoever asked. */
    ofClauses: onClauses.filter((entry) => !isSamePerson(entry)).map(asSeen),
    approvedOnClauses: onClauses.filter(({ exception: one }) => one.decidedAt !== null && one.state !== "declined")
      .length,
  };
}

/** An earlier request as a decider sees it when looking back: without reference and name if they may not open it. */
function asSeenBy(actor: Actor, { exception, state }: ExceptionEntry) {
  const { reference, requester, clauses, submittedAt, startsAt, endsAt } = exception;
  const capacities = capacitiesOf(actor, { ...exception, managerId: requester.managerId });
  const mayOpen = capacities.length > 0 || can(actor, "exception.read-register", exception);
  const who = { reference: mayOpen ? reference : null, requesterName: mayOpen ? requester.name : null };
  return { ...who, state, clauses, submittedAt, startsAt, endsAt };
}

/** The approved exceptions from a policy of the actor's body that apply to the actor now. Queried once per request. */
export const listGranted = cache(async (actor: Actor, policy: string): Promise<GrantedException[]> => {
  if (!mayConcern(actor, "exceptions") && !mayConcern(actor, "sharedExceptions")) return [];
  const now = clock.now();
  const coveredPerson = { personId: actor.personId, teamId: actor.team };
  const found = await listExceptions(getDatabase(), { body: actor.body, policy, states: ["approved"], coveredPerson });
  return found.flatMap(({ startsAt, endsAt, ...exception }) => {
    if (!startsAt || !endsAt || !isFor(exception, actor) || !isCurrentException({ startsAt, endsAt }, now)) return [];
    const { reference, clauses, situation } = exception;
    const onlyThere = exception.scope === "group" ? [`Only in the chat group “${exception.groupName ?? ""}”.`] : [];
    const conditions = [...onlyThere, ...exception.conditions.map(conditionInWords)];
    return [{ reference, policy, clauses, situation, conditions, startsAt, endsAt }];
  });
});

const STOPS: readonly StepRecord["command"][] = ["withdraw", "revoke", "end-with-leaver"];

/**
 * The exceptions from a policy that were in force at some moment of a period, without who, why and which; null for
 * people who may not read the register. One that has been withdrawn or revoked since was in force until then.
 * @param from first moment @param until first moment after it
 */
export async function listInForceBetween(actor: Actor, policy: string, from: Date, until: Date) {
  if (!can(actor, "exception.read-register", actor)) return null;
  const states = ["approved", "withdrawn", "revoked"] as const;
  const found = await listExceptions(getDatabase(), { body: actor.body, policy, states });
  return found.flatMap(({ clauses, scope, residual, startsAt, endsAt, steps }) => {
    if (!startsAt || !endsAt || !scope) return [];
    const stopped = steps.find(({ command }) => STOPS.includes(command))?.at;
    const end = stopped && stopped < endsAt ? stopped : endsAt;
    return startsAt < until && end > from ? [{ clauses, scope, residual, startsAt, endsAt: end }] : [];
  });
}

/** The actor's tasks about exceptions. */
export async function listExceptionTasks(actor: Actor): Promise<Task[]> {
  const now = clock.now();
  const today = calendarDay(now);
  const states = ["submitted", "changes-requested", "approved"] as const;
  const tx = getDatabase();
  const filter = { body: actor.body, states, concerned: { ...actor, today }, take: MOST_TASKS + 1 };
  const [places, own] = await Promise.all([listPlaces(tx, actor.body), listExceptions(tx, filter)]);
  const found = entries(actor, [...own, ...(await listForPrincipals(actor, places, own))], now);
  if (found.length === 0) return [];
  // Nobody decides on their own request; requests that nobody can decide on are for administrators.
  const seesAll = can(actor, "person.manage", actor);
  const waiting = found.flatMap(({ exception, state }) =>
    (state === "submitted" && (seesAll || exception.requesterId !== actor.personId)) ||
    (state === "approved" && (exception.coversNobody || hasMissed(exception, today)))
      ? [exception]
      : [],
  );
  const deciding = await readDeciderRelations(getDatabase(), actor, waiting, places);
  const dueDay = await readDueDays(actor.body);
  return found.flatMap(({ exception, state }): Task[] => {
    const due = dueDay(exception, turnSince(exception));
    if (state === "submitted") return taskOfWaiting(actor, exception, { deciding, seesAll, due, now });
    if (state === "changes-requested") return taskOfSentBack(actor, exception, due);
    return state === "approved" ? tasksOfApproved(actor, exception, { deciding, due, now }) : [];
  });
}

/** The waiting requests of the people of those in whose place the actor decides, without those that are known. */
async function listForPrincipals(actor: Actor, places: readonly DeputyPlace[], known: readonly ExceptionRecord[]) {
  const ofManagers = places.filter(({ deputyId, role }) => deputyId === actor.personId && role === "line-manager");
  const found = await Promise.all(
    ofManagers.map(({ principal }) => {
      const filter = { managerId: principal.personId, states: ["submitted"] as const, take: MOST_TASKS + 1 };
      return listExceptions(getDatabase(), { body: actor.body, ...filter });
    }),
  );
  const byId = new Map(found.flat().map((one) => [one.id, one]));
  for (const { id } of known) byId.delete(id);
  return [...byId.values()];
}

type Waiting = { deciding: DeciderRelations; seesAll: boolean; due: string; now: Date };

function taskOfWaiting(actor: Actor, exception: ExceptionRecord, { deciding, seesAll, due, now }: Waiting): Task[] {
  const { reference } = exception;
  const head = { key: reference, href: `/exceptions/${reference}`, due };
  const turn = deciding.turnOf(exception);
  if (exception.requesterId !== actor.personId && isTurnOf(actor, exception, deciding, now)) {
    const level = levelOf(exception.residual ?? 1);
    const standing = deciding.standingOf(actor, exception);
    const { passedOn, decidesFor } = turnWords(standing, turnFor("approve", turn, standing.free));
    const how = passedOn === "you" ? " It was passed on to you." : inPlaceOf(decidesFor);
    const reason = `A colleague asks for an exception. The remaining risk is ${level}.${how}`;
    return [{ ...head, kind: "decide-exception", title: `Decide on ${reference}`, reason }];
  }
  if (!seesAll || turnFor("approve", turn, deciding.freeFor(exception)).length > 0) return [];
  const reason =
    "Everybody who decides on exceptions is covered by this one, or has left. Somebody else needs the role.";
  const title = `Name a ${missingDecider(turn)} who can decide on ${reference}`;
  return [{ ...head, kind: "name-decider", title, reason, href: "/admin/people" }];
}

const inPlaceOf = (role: Capacity | null): string =>
  role === null || role === "requester" ? "" : ` You decide for the ${ROLE_NAMES[role].toLowerCase()}.`;

function taskOfSentBack(actor: Actor, exception: ExceptionRecord, due: string): Task[] {
  if (exception.requesterId !== actor.personId) return [];
  const { reference } = exception;
  const by = exception.steps.findLast(({ command }) => command === "request-changes")?.by;
  const reason = `${askedByInWords(by, exception)} asked you to change it. It is not decided until you send it again.`;
  const title = `Change ${reference} and send it again`;
  return [{ kind: "change-exception", key: reference, href: `/exceptions/${reference}`, title, reason, due }];
}

function tasksOfApproved(
  actor: Actor,
  exception: ExceptionRecord,
  { deciding, due, now }: Pick<Waiting, "deciding" | "due" | "now">,
): Task[] {
  const { reference, endsAt, conditions } = exception;
  const href = `/exceptions/${reference}`;
  const today = calendarDay(now);
  const held = asHeld(exception);
  const isHolder = looksAfter(actor, held);
  const about = (kind: Task["kind"], of: string, title: string, reason: string, day = due) => {
    tasks.push({ kind, key: `${reference} ${of}`, href, title, reason, due: day });
  };
  const last = endsAt && lastDay(endsAt);
  // One without a day is in place until the exception ends, and has to be confirmed by then.
  const tasks = openMitigations(actor, exception, "approved").flatMap((one) =>
    stepTask(reference, "mitigation", { ...one, dueOn: one.dueOn ?? last }),
  );
  const mayRevoke = () =>
    permit({ ...exception, ...deciding.turnOf(exception) }, "revoke", deciding.standingOf(actor, exception), now).ok;
  if (exception.coversNobody && (isHolder || mayRevoke())) {
    const reason = `The ${exception.scope === "team" ? "team" : "chat group"} that it was for no longer exists.`;
    about("end-exception", "nobody", `End ${reference}: it no longer covers anybody`, reason);
  } else if (exception.hasRequesterLeft && isHolder) {
    const reason = "The person it belonged to has left the body or the team. It stays in force until somebody ends it.";
    about("take-over-exception", "holder", `Take over or end ${reference}`, reason);
  }
  if (isHolder) tasks.push(...conditions.flatMap((one) => (one.doneAt ? [] : stepTask(reference, "condition", one))));
  const missed = conditions.find((one) => isMissed(one, today));
  if (missed && mayRevoke()) {
    const reason = `A condition was not met in time: ${missed.text} Revoke it, or give more time.`;
    const day = addDays(missed.dueOn ?? today, REVIEW_WITHIN_DAYS);
    about("review-exception", "review", `Review ${reference}`, reason, day);
  }
  const isSoon = last !== null && addDays(last, -WARN_BEFORE_END_DAYS) <= today;
  if (holderOf(held) === actor.personId && isSoon && !exception.extended?.continues) {
    const reason = "When it ends, the policy applies to you again in full. Stop in time, or extend it.";
    about("exception-ends", "ends", `Your exception ${reference} ends on ${dateInWords(last)}`, reason, last);
  }
  return tasks;
}

/** What somebody has to do by a day because of an exception; none without a day. */
function stepTask(
  reference: string,
  what: "mitigation" | "condition",
  { id, text, dueOn }: { id: string; text: string; dueOn: string | null },
): Task[] {
  if (dueOn === null) return [];
  const isMitigation = what === "mitigation";
  const action = `/exceptions/${reference}/${what}s/${encodeURIComponent(id)}/send`;
  return [
    {
      kind: isMitigation ? "complete-mitigation" : "meet-condition",
      key: id,
      href: `/exceptions/${reference}#${what}-${id}`,
      due: dueOn,
      title: `${isMitigation ? "Complete" : "Meet"} a ${what} of ${reference}`,
      reason: text,
      act: { action, label: "Mark as done", hidden: {} },
    },
  ];
}

/** Days to review an exception of which a condition was not met in time. Our own figure. */
const REVIEW_WITHIN_DAYS = 7;

const hasMissed = ({ state, conditions }: ExceptionRecord, today: string): boolean =>
  state === "approved" && conditions.some((one) => isMissed(one, today));

/** Whom the administrators have to name where nobody is left whose turn it is. */
function missingDecider(turn: Turn): string {
  const step: readonly string[] = decisionSteps(turn)[turn.approvals] ?? [];
  const isSenior = step.length > 0 && step.every((role) => role === "senior-information-risk-owner");
  return isSenior ? "senior information risk owner" : "governance officer";
}

/** Who asked for changes, by role. */
function askedByInWords(by: StepRecord["by"] | undefined, { requester }: ExceptionRecord): string {
  if (by && by.personId === requester.managerId) return "Your line manager";
  if (by?.roles.includes("governance-officer")) return "A governance officer";
  return "The senior information risk owner";
}

const SENT_STATES = ["submitted", "changes-requested", "approved", "declined", "withdrawn", "revoked"] as const;

function entries(actor: Actor, found: readonly ExceptionRecord[], now: Date) {
  // There are no withdrawn drafts: a draft is discarded. Only its author may see anything that was never sent.
  return found.map((exception) => ({
    exception: requestAsVisibleTo(actor, exception),
    state: stateAt(exception, now),
  }));
}

function isTurnOf(actor: Actor, exception: ExceptionRecord, deciding: DeciderRelations, now: Date): boolean {
  const onTurn = { ...exception, ...deciding.turnOf(exception) };
  return permit(onTurn, "approve", deciding.standingOf(actor, exception), now).ok;
}

/** The mitigations that the actor has to carry out and has not yet, while an exception is approved. */
function openMitigations(actor: Actor, exception: ExceptionRecord, state: ExceptionState): MitigationRecord[] {
  if (state !== "approved") return [];
  const request = { ...exception, managerId: exception.requester.managerId };
  return exception.risks
    .flatMap(({ mitigations }) => mitigations)
    .filter(({ doneAt, owner }) => doneAt === null && ownsMitigation(actor, request, owner));
}

const bodyOf = async (actor: Actor) => (await loadContent()).bodies.find(({ slug }) => slug === actor.body);

/** Working days of the body from a moment until now. */
function workingAge(body: Body | undefined, since: Date, now: Date): number {
  const [from, to] = [calendarDay(since), calendarDay(now)];
  return workingDaysBetween(from, to, daysOff(body, from, to));
}

/** Working days from today to a day, YYYY-MM-DD; below nothing once it is over. */
function workingDaysLeft(body: Body | undefined, due: string, now: Date): number {
  const today = calendarDay(now);
  const [from, to] = today <= due ? [today, due] : [due, today];
  const days = workingDaysBetween(from, to, daysOff(body, from, to));
  return today <= due ? days : -days;
}

/** Today in London, for a form's days. */
export const getToday = (): string => clock.today();

export type { NoteRecord } from "./repository.ts";

/** The notes on a request, oldest first; null for those who may not read them. */
export async function getExceptionNotes(actor: Actor, reference: string) {
  const tx = getDatabase();
  const places = await listPlaces(tx, actor.body);
  const request = await findException(tx, actor.body, reference);
  if (!request) return null;
  const { mayRead, mayWrite } = await readNoteRights(tx, actor, request, places);
  return mayRead ? { notes: await listExceptionNotes(tx, request.id), mayWrite } : null;
}

/**
 * A request as the actor may read it. While the requester is changing it, nobody else sees unsent changes: they see
 * what was last sent, which is what they asked to have changed.
 */
export function requestAsVisibleTo(actor: Pick<Actor, "personId">, exception: ExceptionRecord): ExceptionRecord {
  const { lastSent, requester, requesterId } = exception;
  if (lastSent === null || requesterId === actor.personId) return exception;
  const { policy, version, hash, content } = lastSent;
  const { teamId, risks } = content;
  const teamName = teamId === requester.teamId ? requester.teamName : exception.teamName;
  return {
    ...exception,
    policy,
    version,
    hash,
    ...content,
    teamName: teamId === null ? null : teamName,
    groupName: content.groupId === exception.groupId ? exception.groupName : null,
    residual: residualOf(risks),
    risks: risks.map(({ mitigations, ...risk }, number) => ({
      ...risk,
      id: `${exception.id}-${number}`,
      mitigations: mitigations.map((mitigation, at) => ({
        ...mitigation,
        id: `${exception.id}-${number}-${at}`,
        doneAt: null,
        doneBy: null,
      })),
    })),
  };
}
