/**
 * Who decides on a request: those whom the policy names for the risk that is left, in several steps if it says so, and
 * never somebody whom it covers. Where none of them may, it goes up (decisions 037 and 059).
 */
import type { Actor } from "#domain/access/permission/actor.ts";
import { CAPACITIES, capacitiesOf, type Capacity } from "#domain/access/permission/capacity.ts";
import { isFor, type Covered } from "./coverage.ts";
import { levelOf } from "#domain/base/risk/risk.ts";
import { DECIDERS, type ExceptionRules } from "./exception-rules.ts";

/** The details of a person that matter for who decides. */
export type Person = Pick<Actor, "personId" | "roles" | "body" | "team">;

/** The details of a request that determine who may decide on it. */
export interface ToDecide extends Covered {
  body: string;
  /** The requester's line manager now. */
  managerId: string | null;
  /** Whether that line manager became it after the request was sent, by their own doing. */
  isManagerSelfMade: boolean;
  /** The manager of the team that it is for; null if it is for nobody's team. */
  teamManagerId: string | null;
  /** Ids of the people whom it covered when it was sent. */
  coveredWhenSent: readonly string[];
  /** Ids of the people who have approved it since it was sent last, while more steps follow. */
  approvedBy: readonly string[];
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
  if (isOfTheTeam || isFor(request, person) || request.coveredWhenSent.includes(person.personId)) return "covered";
  if (request.isManagerSelfMade && person.personId === request.managerId) return "self-made";
  return request.approvedBy.includes(person.personId) ? "has-approved" : null;
}

/** Somebody's relation to a request. */
export interface RequestRelation {
  capacities: readonly Capacity[];
  bar: Bar | null;
  /** The capacities in which anybody at all may decide on it. */
  free: readonly Capacity[];
}

/** @param deciders those who could decide on requests of the body: its officers, its senior owners, the line manager */
export function requestRelationOf(person: Person, request: ToDecide, deciders: readonly Person[]): RequestRelation {
  return {
    capacities: capacitiesOf(person, request),
    bar: barOf(person, request),
    free: freeCapacities(request, [person, ...deciders]),
  };
}

/** The capacities in which one of these people may decide on a request. */
export function freeCapacities(request: ToDecide, people: readonly Person[]): Capacity[] {
  const free = people.filter((person) => barOf(person, request) === null).flatMap((one) => capacitiesOf(one, request));
  return CAPACITIES.filter((capacity) => free.includes(capacity));
}

/** The commands that decide on somebody else's request. */
export const EXCEPTION_DECISIONS = ["request-changes", "approve", "decline", "revoke", "give-more-time"] as const;
export type ExceptionDecision = (typeof EXCEPTION_DECISIONS)[number];

/** Whether a decision is about an exception that was approved before. */
export function isOnApproved(decision: ExceptionDecision): boolean {
  return decision === "revoke" || decision === "give-more-time";
}

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
export function decisionSteps({
  residual,
  decide,
}: Pick<Turn, "residual" | "decide">): ExceptionRules["decide"]["low"] {
  return decide[levelOf(residual ?? 1)];
}

/** Whether the next approval is the last that is needed. */
export function isLastStep(turn: Turn): boolean {
  return turn.approvals >= decisionSteps(turn).length - 1;
}
