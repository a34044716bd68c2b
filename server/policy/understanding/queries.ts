import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { NO_DEMAND, type ReadingDemand } from "#domain/policy/understanding/reading.ts";

/** What is asked of the actor before they can accept a version. */
export async function getReadingDemand(_actor: Actor, _version: PolicyVersion): Promise<ReadingDemand> {
  return NO_DEMAND;
}
