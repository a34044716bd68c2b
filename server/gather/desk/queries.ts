import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { countUndeliveredMail } from "#server/evidence/outbox/queries.ts";
import { countAnswersToPolicies, type AnswerCounts } from "#server/policy/acknowledgement/follow-up-queries.ts";
import { countRunningCampaigns } from "#server/policy/campaign/view-queries.ts";
import { getRequestCounts } from "#server/policy/exception/register-queries.ts";
import { countGroupsInUse } from "#server/registers/group/list-queries.ts";
import { countHoldsInForce } from "#server/registers/hold/queries.ts";
import { countOpenCases, type OpenCases } from "#server/registers/incident/count-queries.ts";
import { countOpenRequests, type OpenRequestCounts } from "#server/registers/information-request/task-queries.ts";

/** The figures of somebody's desk; null for each that they may not see. */
export interface DeskFigures {
  cases: OpenCases | null;
  informationRequests: OpenRequestCounts | null;
  requests: Awaited<ReturnType<typeof getRequestCounts>>;
  /** Of the whole body, or else of the actor's own people. */
  answers: AnswerCounts[] | null;
  /** Whether the answers are those of the actor's own people. */
  isOwnTeam: boolean;
  runningCampaigns: number | null;
  groups: number | null;
  holds: number | null;
  undeliveredMail: number | null;
}

/**
 * The figures of the actor's desk: all of their roles in one, counted by the database, and asked at once so that they go
 * there together. Null for those who have no role besides working here.
 */
export async function getDesk(actor: Actor): Promise<DeskFigures | null> {
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
  const answers = all ?? own;
  const isOwnTeam = all === null && own !== null;
  return {
    cases,
    informationRequests,
    requests,
    answers,
    isOwnTeam,
    runningCampaigns,
    groups,
    holds,
    undeliveredMail,
  };
}
