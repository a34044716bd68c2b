/**
 * Who decides on a request: never somebody whom it covers; if the usual deciders may not, it is escalated (decision
 * 037).
 */
import type { Actor } from "#domain/access/permission/actor.ts";
import { CAPACITIES, capacitiesOf, type Capacity } from "#domain/access/permission/capacity.ts";
import { isFor } from "./coverage.ts";
import { levelOf } from "#domain/base/risk/risk.ts";

/** The details of a person that matter for who decides. */
export type Person = Pick<Actor, "personId" | "roles" | "body" | "team">;

/** The details of a request that determine who may decide on it. */
export interface ToDecide {
  body: string;
  requesterId: string;
  /** The requester's line manager now. */
  managerId: string | null;
  /** Whether that line manager became it after the request was sent, by their own doing. */
  isManagerSelfMade: boolean;
  scope: "person" | "team" | null;
  teamId: string | null;
  /** The manager of the team that it is for; null if it is for one person. */
  teamManagerId: string | null;
  /** Ids of the people whom it covered when it was sent. */
  coveredWhenSent: readonly string[];
}

/** Why somebody cannot decide on a request, whatever their role: it covers them, or they put themselves in charge. */
export type Bar = "covered" | "self-made";

/**
 * Why somebody cannot decide on a request; null if nothing prevents it. A team's manager is covered by requests for
 * that team, whether or not the directory counts them among its members.
 */
export function barOf(person: Person, request: ToDecide): Bar | null {
  const isOfTheTeam = request.scope === "team" && person.personId === request.teamManagerId;
  if (isOfTheTeam || isFor(request, person) || request.coveredWhenSent.includes(person.personId)) return "covered";
  return request.isManagerSelfMade && person.personId === request.managerId ? "self-made" : null;
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
export const EXCEPTION_DECISIONS = ["request-changes", "approve", "decline", "revoke"] as const;
export type ExceptionDecision = (typeof EXCEPTION_DECISIONS)[number];

/** Who decides first, and to whom it is escalated if none of these may. */
const STEPS = {
  ordinary: [["line-manager", "governance-officer"], ["senior-information-risk-owner"]],
  high: [["governance-officer", "senior-information-risk-owner"]],
  revoke: [["governance-officer"], ["senior-information-risk-owner"]],
} as const satisfies Record<string, readonly (readonly Capacity[])[]>;

/**
 * The capacities whose turn it is to decide; none if nobody is left who may.
 * @param residual 1 to 25, or null without risks
 * @param free from `freeCapacities`
 */
export function turnFor(decision: ExceptionDecision, residual: number | null, free: readonly Capacity[]): Capacity[] {
  const isHigh = residual !== null && levelOf(residual) === "high";
  const steps: readonly (readonly Capacity[])[] =
    STEPS[decision === "revoke" ? decision : isHigh ? "high" : "ordinary"];
  const turns = steps.map((step) => step.filter((capacity) => free.includes(capacity)));
  return turns.find((turn) => turn.length > 0) ?? [];
}
