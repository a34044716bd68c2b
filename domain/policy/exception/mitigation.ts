/**
 * Who holds an exception, and who carries out what it promises: somebody whom the portal can find without asking for a
 * name (S3.11), also after people have left.
 */
import type { Actor } from "#domain/access/permission/permission.ts";
import type { MitigationOwner } from "#domain/base/risk/risk.ts";

/** What of a request determines whose it is. */
export interface Held {
  body: string;
  requesterId: string;
  hasRequesterLeft: boolean;
  /** The requester's line manager now, where there is one who has not left. */
  managerId: string | null;
}

/** Whose a request is: the requester's, or their line manager's once they have left; null if there is none. */
export const holderOf = ({ requesterId, hasRequesterLeft, managerId }: Held): string | null =>
  hasRequesterLeft ? managerId : requesterId;

/** Whether an exception is the actor's to look after: they hold it, or are an officer where nobody does. */
export const looksAfter = (actor: Pick<Actor, "personId" | "roles" | "body">, request: Held): boolean =>
  actor.body === request.body && isOrStandsIn(actor, holderOf(request));

/**
 * Whether the actor can take over an approved exception whose holder has left. One for that person alone covers nobody
 * any more, so there is nothing to take over.
 */
export function mayTakeOver(
  actor: Pick<Actor, "personId" | "roles" | "body">,
  request: Held & { scope: string | null; coversNobody: boolean },
): boolean {
  const isForOthers = request.scope !== "person" && !request.coversNobody;
  return request.hasRequesterLeft && isForOthers && looksAfter(actor, request);
}

/** Whether the actor has to carry out a mitigation. */
export function ownsMitigation(
  actor: Pick<Actor, "personId" | "roles" | "body">,
  request: Held,
  owner: MitigationOwner,
): boolean {
  if (actor.body !== request.body) return false;
  if (owner === "requester") return looksAfter(actor, request);
  if (owner === "line-manager") return isOrStandsIn(actor, request.managerId);
  return actor.roles.includes(owner);
}

/** Whether somebody is this person, or an officer where there is nobody. */
const isOrStandsIn = ({ personId, roles }: Pick<Actor, "personId" | "roles">, whom: string | null): boolean =>
  whom === null ? roles.includes("governance-officer") : personId === whom;
