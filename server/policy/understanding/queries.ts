import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { NO_DEMAND, type ReadingDemand } from "#domain/policy/understanding/reading.ts";
import { getOwnStanding } from "#server/policy/acknowledgement/queries.ts";

/** What is asked of the actor before they can accept a policy: what the campaign says by which they are asked. */
export async function getReadingDemand(actor: Actor, slug: string): Promise<ReadingDemand> {
  const { campaign } = (await getOwnStanding(actor, slug)) ?? {};
  if (!campaign) return NO_DEMAND;
  const { checksUnderstanding, readingMinutes } = campaign;
  return { checksUnderstanding, readingMinutes };
}
