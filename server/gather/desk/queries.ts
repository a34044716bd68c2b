import type { Actor } from "#domain/access/permission/permission.ts";
import { countUndeliveredMail } from "#server/evidence/outbox/queries.ts";
import { countAnswersToPolicies } from "#server/policy/acknowledgement/follow-up-queries.ts";
import { countRunningCampaigns } from "#server/policy/campaign/view-queries.ts";
import { getRequestCounts } from "#server/policy/exception/register-queries.ts";
import { countGroupsInUse } from "#server/registers/group/list-queries.ts";
import { countHoldsInForce } from "#server/registers/hold/queries.ts";
import { countOpenCases } from "#server/registers/incident/count-queries.ts";
import { countOpenRequests } from "#server/registers/information-request/task-queries.ts";

export type DeskFigures = NonNullable<Awaited<ReturnType<typeof getDesk>>>;

/**
 * The figures of the actor's desk: all of their roles in one, counted by the database, and asked at once so that they go
 * there together; null for each that they may not see. The answers are of the whole body, or else of their own people.
 * Null for those who have no role besides working here.
 */
export async function getDesk(actor: Actor) {
  if (actor.roles.every((role) => role === "employee")) return null;
  const [cases, informationRequests, requests, all, own, runningCampaigns, groups, holds, undeliveredMail] =
    await Promise.all([
      countOpenCases(actor),
      countOpenRequests(actor),
      getRequestCounts(actor),
      countAnswersToPolicies(actor, "body"),
      countAnswersToPolicies(actor, "team"),
      countRunningCampaigns(actor),
      countGroupsInUse(actor),
      countHoldsInForce(actor),
      countUndeliveredMail(actor),
    ]);
  const answers = { answers: all ?? own, isOwnTeam: all === null && own !== null };
  return { cases, informationRequests, requests, ...answers, runningCampaigns, groups, holds, undeliveredMail };
}
