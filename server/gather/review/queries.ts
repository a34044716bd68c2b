import { type Actor, can } from "#domain/access/permission/permission.ts";
import { reviewStanding, type ReviewStanding } from "#domain/policy/policy/front-matter.ts";
import { clock } from "#server/base/clock.ts";
import { listOwnPolicies, type ServedVersion } from "#server/policy/policy/queries.ts";

/** The current version of a policy of the actor's own body, and the state of its review today. */
export interface Review {
  version: ServedVersion;
  standing: Extract<ReviewStanding, { lastDay: string }>;
}

/**
 * Reviews in the actor's own body that have a date, earliest first; null for somebody who is not responsible for them.
 */
export async function listReviews(actor: Actor): Promise<Review[] | null> {
  if (!can(actor, "review.read", actor)) return null;
  const today = clock.today();
  const reviews = (await listOwnPolicies(actor)).flatMap(({ current }): Review[] => {
    if (!current) return [];
    const standing = reviewStanding(current.frontMatter, today);
    return "lastDay" in standing ? [{ version: current, standing }] : [];
  });
  return reviews.sort((a, b) => a.standing.lastDay.localeCompare(b.standing.lastDay));
}
