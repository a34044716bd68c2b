/** Who decides on a request: never somebody whom it covers; where the usual deciders may not, it goes up (decision 037). */
import type { Actor } from "#domain/access/permission/actor.ts";
import { CAPACITIES, capacitiesOf, type Capacity } from "#domain/access/permission/capacity.ts";
import { isFor } from "./coverage.ts";
import { levelOf } from "#domain/base/risk/risk.ts";

/** Somebody, as far as it matters to who decides. */
export type Person = Pick<Actor, "personId" | "roles" | "body" | "team">;

/** Of a request, what says who may decide on it. */
export interface ToDecide {
  body: string;
  requesterId: string;
  /** Who is the requester's line manager now. */
  managerId: string | null;
  /** Whether that line manager became it since the request was sent, by their own doing. */
  isManagerSelfMade: boolean;
  scope: "person" | "team" | null;
  teamId: string | null;
  /** Who manages the team that it is for; null where it is for one person. */
  teamManagerId: string | null;
  /** Ids of the people whom it covered when it was sent. */
  coveredWhenSent: readonly string[];
}

/** Why somebody decides nothing about a request, whatever their role: it covers them, or they put themselves in charge. */
export type Bar = "covered" | "self-made";

/**
 * Why somebody decides nothing about a request; null where nothing stands in the way. Whoever manages a team is covered by
 * what is asked for that team, whether the directory counts them among its members or not.
 */
export function barOf(person: Person, request: ToDecide): Bar | null {
  const isOfTheTeam = request.scope === "team" && person.personId === request.teamManagerId;
  if (isOfTheTeam || isFor(request, person) || request.coveredWhenSent.includes(person.personId)) return "covered";
  return request.isManagerSelfMade && person.personId === request.managerId ? "self-made" : null;
}

/** How somebody stands to a request. */
export interface RequestRelation {
  capacities: readonly Capacity[];
  bar: Bar | null;
  /** The capacities in which somebody may decide on it, whoever that is. */
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

/** The commands that decide on what somebody else asked for. */
export const EXCEPTION_DECISIONS = ["request-changes", "approve", "decline", "revoke"] as const;
export type ExceptionDecision = (typeof EXCEPTION_DECISIONS)[number];

/** Whom a decision belongs to first, and whom it goes up to where nobody of these may. */
const STEPS = {
  ordinary: [["line-manager", "governance-officer"], ["senior-information-risk-owner"]],
  high: [["governance-officer", "senior-information-risk-owner"]],
  revoke: [["governance-officer"], ["senior-information-risk-owner"]],
} as const satisfies Record<string, readonly (readonly Capacity[])[]>;

/**
 * The capacities whose turn it is to decide; none where nobody is left who may.
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
