/** What somebody is to a request of another person: more than roles say, because a manager manages one team (docs/design.md, "People and permissions"). */
import { ownRoles, type Actor } from "./permission.ts";

export const CAPACITIES = ["requester", "line-manager", "governance-officer", "senior-information-risk-owner"] as const;
export type Capacity = (typeof CAPACITIES)[number];

/**
 * The capacities in which an actor stands to a request. The requester has that one alone, whatever else they are:
 * nobody decides on their own request. Somebody of another body has none. Who may decide in one of them:
 * domain/policy/exception/decider.ts.
 * @param request `managerId`: who manages the requester's team now
 */
export function capacitiesOf(
  actor: Pick<Actor, "personId" | "roles" | "standsInAs" | "body">,
  request: { body: string; requesterId: string; managerId: string | null },
): Capacity[] {
  if (actor.body !== request.body) return [];
  if (actor.personId === request.requesterId) return ["requester"];
  const own = ownRoles(actor); // whoever stands in decides in their own capacity, or for whom they are a deputy
  const isManager = own.includes("line-manager") && actor.personId === request.managerId;
  const roles = (["governance-officer", "senior-information-risk-owner"] as const).filter((role) => own.includes(role));
  return [...(isManager ? (["line-manager"] as const) : []), ...roles];
}
