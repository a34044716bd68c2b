import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { listAnswersBefore } from "./report-repository.ts";

/**
 * How many people of the actor's body ever declined a version. Null for people who do not answer declines: they never
 * see small numbers (server/policy/acknowledgement/report-queries.ts).
 */
export async function countDeclines(
  actor: Actor,
  on: { policy: string; version: string; hash: string },
): Promise<number | null> {
  if (!can(actor, "acknowledgement.answer-decline", actor)) return null;
  const given = await listAnswersBefore(getDatabase(), actor.body, on.policy, clock.now());
  const declined = given.filter(
    ({ answer, version, hash }) => answer === "declined" && version === on.version && hash === on.hash,
  );
  return new Set(declined.map(({ personId }) => personId)).size;
}
