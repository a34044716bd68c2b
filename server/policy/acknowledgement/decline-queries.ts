import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { countPeopleWhoAnswered } from "./report-repository.ts";

/**
 * How many people of the actor's body ever declined a version. Null for people who do not answer declines: they never
 * see small numbers (server/policy/acknowledgement/report-queries.ts).
 */
export async function countDeclines(
  actor: Actor,
  on: { policy: string; version: string; hash: string },
): Promise<number | null> {
  if (!can(actor, "acknowledgement.answer-decline", actor)) return null;
  const which = { policy: on.policy, versions: [on], answer: "declined", before: clock.now() } as const;
  return countPeopleWhoAnswered(getDatabase(), actor.body, which);
}
