import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { residualOf } from "#domain/base/risk/risk.ts";
import type { ExceptionRecord } from "./repository.ts";

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
