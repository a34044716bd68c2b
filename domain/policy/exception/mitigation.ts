/** Who carries out a mitigation: somebody whom the portal can find without asking for a name (S3.11). */
import type { Actor } from "#domain/access/permission/actor.ts";
import type { MitigationOwner } from "#domain/base/risk/risk.ts";

/**
 * Whether the actor has to carry out a mitigation.
 * @param request whose it is; `managerId`: the manager of the requester's team now
 */
export function ownsMitigation(
  actor: Pick<Actor, "personId" | "roles" | "body">,
  request: { body: string; requesterId: string; managerId: string | null },
  owner: MitigationOwner,
): boolean {
  if (actor.body !== request.body) return false;
  if (owner === "requester") return actor.personId === request.requesterId;
  if (owner === "line-manager") return actor.personId === request.managerId;
  return actor.roles.includes(owner);
}
