/**
 * Who decides on a request: those whom the policy names for the risk that is left, in several steps if it says so, and
 * never somebody whom it covers. Where none of them may, it goes up (decisions 037 and 059).
 */
import type { Actor } from "#domain/access/permission/permission.ts";
import { CAPACITIES, capacitiesOf, type Capacity } from "#domain/access/permission/capacity.ts";
import { isFor, type Covered } from "./coverage.ts";
import { levelOf } from "#domain/base/risk/risk.ts";
import { DECIDERS, type Decider, type ExceptionRules } from "./exception-rules.ts";

/** The details of a person that matter for who decides. */
export interface Person extends Pick<Actor, "personId" | "roles" | "standsInAs" | "body" | "team"> {
  /** In whose place they decide now, and in which role; never that person's deputies in turn. */
  standsInFor?: readonly { principal: Omit<Person, "standsInFor">; role: Decider }[];
}

/** The details of a request that determine who may decide on it. */
export interface ToDecide extends Covered {
  body: string;
  /** The requester's line manager now. */
  managerId: string | null;
  /** Whether that line manager became it after the request was sent, by their own doing. */
  isManagerSelfMade: boolean;
  /** Ids of the people whom it covered when it was sent. */
  coveredWhenSent: readonly string[];
  /** Ids of the people by whom or for whom it was approved since it was sent last, while more steps follow. */
  approvedBy: readonly string[];
  /** Id of the person to whom it was passed on while it waits. */
  passedToId: string | null;
}

/**
 * Why somebody cannot decide on a request, whatever their role: it covers them, they put themselves in charge, or they
 * have approved it in an earlier step.
 */
export type Bar = "covered" | "self-made" | "has-approved";

/**
 * Why somebody cannot decide on a request; null if nothing prevents it. A team's manager is covered by requests for
 * that team, whether or not the directory counts them among its members.
 */
export function barOf(person: Person, request: ToDecide): Bar | null {
  const isOfTheTeam = request.scope === "team" && person.personId === request.teamManagerId;
  const isTheirs = isOfTheTeam || request.requesterId === person.personId;
  if (isTheirs || isFor(request, person) || request.coveredWhenSent.includes(person.personId)) return "covered";
  if (request.isManagerSelfMade && person.personId === request.managerId) return "self-made";
  return request.approvedBy.includes(person.personId) ? "has-approved" : null;
}

/** Somebody's relation to a request. */
export interface RequestRelation {
  /** Including those in which they may decide in somebody's place. */
  capacities: readonly Capacity[];
  /** The capacities that are not their own, and in whose place they have them: an id. */
  standsIn?: Partial<Record<Capacity, string>> | undefined;
  bar: Bar | null;
  /** The capacities in which anybody at all may decide on it. */
  free: readonly Capacity[];
  /** Where it was passed on to somebody whom nothing bars: whether to this person, and their capacities. */
  passedTo?: { isThemselves: boolean; capacities: readonly Capacity[] } | undefined;
}

/** @param deciders those who could decide on requests of the body: its officers, its senior owners, the line manager */
export function requestRelationOf(person: Person, request: ToDecide, deciders: readonly Person[]): RequestRelation {
  const own = capacitiesOf(person, request);
  const standsIn = standsInOf(person, request);
  const receiver = [person, ...deciders].find(({ personId }) => personId === request.passedToId);
  return {
    capacities: CAPACITIES.filter((capacity) => own.includes(capacity) || Object.hasOwn(standsIn, capacity)),
    standsIn: Object.keys(standsIn).length > 0 ? standsIn : undefined,
    bar: barOf(person, request),
    free: freeCapacities(request, [person, ...deciders]),
    passedTo:
      receiver && barOf(receiver, request) === null
        ? { isThemselves: receiver.personId === person.personId, capacities: capacitiesOf(receiver, request) }
        : undefined,
  };
}

type OfSomebody = Pick<ToDecide, "body" | "requesterId" | "managerId">;

/** The capacities of somebody, with those of the people in whose place they decide now; none beside the requester's. */
export function capacitiesWithPlaces(person: Person, request: OfSomebody): Capacity[] {
  const own = capacitiesOf(person, request);
  if (own.includes("requester")) return own;
  const places = placesIn(person, request).map(({ role }) => role);
  return CAPACITIES.filter((capacity) => own.includes(capacity) || places.some((role) => role === capacity));
}

const placesIn = (person: Person, request: OfSomebody) =>
  (person.standsInFor ?? []).filter(({ principal, role }) =>
    capacitiesOf(principal, request).some((capacity) => capacity === role),
  );

/** The capacities in which somebody may decide in another's place alone. What bars that other person bars them too. */
function standsInOf(person: Person, request: ToDecide): Partial<Record<Capacity, string>> {
  const own = capacitiesOf(person, request);
  if (own.includes("requester")) return {};
  const places = placesIn(person, request).filter(({ role }) => !own.includes(role));
  const free = places.filter(({ principal }) => barOf(principal, request) === null);
  return Object.fromEntries(free.map(({ principal, role }) => [role, principal.personId]));
}

/** The capacities in which one of these people may decide on a request. */
export function freeCapacities(request: ToDecide, people: readonly Person[]): Capacity[] {
  const free = people.filter((person) => barOf(person, request) === null).flatMap((one) => capacitiesOf(one, request));
  return CAPACITIES.filter((capacity) => free.includes(capacity));
}

/** The commands that decide on somebody else's request. */
export const EXCEPTION_DECISIONS = [
  "request-changes",
  "approve",
  "decline",
  "pass-on",
  "revoke",
  "give-more-time",
] as const;
export type ExceptionDecision = (typeof EXCEPTION_DECISIONS)[number];

/** Whether a decision is about an exception that was approved before. */
export const isOnApproved = (decision: ExceptionDecision): boolean =>
  decision === "revoke" || decision === "give-more-time";

/** Whoever decided: an approved exception is revoked by an officer or, if none may, by the senior owner. */
const REVOKERS = [["governance-officer"]] as const satisfies readonly (readonly Capacity[])[];

/** What of a request and its policy determines whose turn it is. */
export interface Turn {
  /** 1 to 25, or null without risks. */
  residual: number | null;
  /** Who decides at which risk: the policy's rules for exceptions. */
  decide: Pick<ExceptionRules["decide"], "low" | "medium" | "high">;
  /** How many have approved it since it was sent last. */
  approvals: number;
}

/**
 * The capacities whose turn it is to decide: those of the step that has come, or, if none of them is free, the nearest
 * above; none if nobody is left who may.
 * @param free from `freeCapacities`
 */
export function turnFor(decision: ExceptionDecision, turn: Turn, free: readonly Capacity[]): Capacity[] {
  const steps: readonly (readonly Capacity[])[] = isOnApproved(decision) ? REVOKERS : decisionSteps(turn);
  const step = steps[isOnApproved(decision) ? 0 : turn.approvals] ?? steps.at(-1) ?? [];
  const own = CAPACITIES.filter((capacity) => step.includes(capacity) && free.includes(capacity));
  if (own.length > 0) return own;
  const highest = DECIDERS.findLastIndex((role) => step.includes(role));
  const above = DECIDERS.find((role, at) => at > highest && free.includes(role));
  return above ? [above] : [];
}

/** The steps in a row at the risk that is left; in each, the roles of which one decides. */
export const decisionSteps = ({ residual, decide }: Pick<Turn, "residual" | "decide">) =>
  decide[levelOf(residual ?? 1)];

/** Whether the next approval is the last that is needed. */
export const isLastStep = (turn: Turn): boolean => turn.approvals >= decisionSteps(turn).length - 1;

/**
 * Whether somebody with these capacities of their own can be given a request by those whose turn it is: they are one of
 * them, or above one.
 */
const canReceive = (capacities: readonly Capacity[], turn: readonly Capacity[]): boolean =>
  turn.some((one) => capacities.some((own) => CAPACITIES.indexOf(own) >= CAPACITIES.indexOf(one)));

/** Whether a waiting request can be passed on to somebody: in their own right, not as a deputy. */
export function mayReceive(person: Person, request: ToDecide, turn: Turn, people: readonly Person[]): boolean {
  const step = turnFor("pass-on", turn, freeCapacities(request, people));
  return barOf(person, request) === null && canReceive(capacitiesOf(person, request), step);
}

/**
 * Whether a waiting request is with one person now, to whom it was passed on; null where it is anybody's whose turn it
 * is, also because that person may no longer decide on it.
 * @param turn from `turnFor`
 */
export function passedOnTo({ passedTo }: RequestRelation, turn: readonly Capacity[]): "them" | "another" | null {
  if (passedTo === undefined || !canReceive(passedTo.capacities, turn)) return null;
  return passedTo.isThemselves ? "them" : "another";
}

/** In whose place somebody whose turn it is decides: an id; null where for themselves. @param turn from `turnFor` */
export function actsFor(relation: RequestRelation, turn: readonly Capacity[]): string | null {
  const { capacities, standsIn = {} } = relation;
  if (passedOnTo(relation, turn) === "them") return null;
  const inTurn = capacities.filter((capacity) => turn.includes(capacity));
  const isOwn = inTurn.some((capacity) => standsIn[capacity] === undefined);
  return isOwn ? null : (inTurn.flatMap((capacity) => standsIn[capacity] ?? [])[0] ?? null);
}

/** Ids of the people whose turn it is to decide on a waiting request, or to revoke an approved exception. */
export function peopleInTurn(decision: "approve" | "revoke", request: ToDecide, turn: Turn, people: readonly Person[]) {
  const free = freeCapacities(request, people);
  const step = turnFor(decision, turn, free);
  const relations = people.map((one) => ({ id: one.personId, ...requestRelationOf(one, request, people) }));
  const receiver = decision === "approve" && relations.find((one) => passedOnTo(one, step) === "them");
  if (receiver) return [receiver.id];
  return relations
    .filter(({ bar, capacities }) => bar === null && capacities.some((own) => step.includes(own)))
    .map(({ id }) => id);
}
