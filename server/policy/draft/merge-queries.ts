import { type Actor, can } from "#domain/access/permission/permission.ts";
import { combinationsOf } from "#domain/policy/decision/merge.ts";
import { choosePolicies, type ComparablePolicy } from "#server/policy/policy/compare-queries.ts";
import { listPolicyDrafts } from "./queries.ts";

/** So many policies can be put together at once. */
export const MOST_MERGED = 4;

/** What is taken where nothing is chosen: the answer of the only policy that covers it. */
export const COVERING = "covering";
/** Chosen where no policy knows all of the answers. */
export const NOT_COVERED = "not-covered";

/** The name of the field that chooses for a combination. */
export const choiceField = (key: string): string => `take--${key}`;

export type MergePage = NonNullable<Awaited<ReturnType<typeof getMergePage>>>;

/**
 * Policies to put together, every situation sorted by what they say, and the policies of the body that a draft can follow.
 * @param given the slugs in the address
 * @returns null for those who may not write drafts
 */
export async function getMergePage(actor: Actor, given: string | readonly string[] | undefined) {
  const drafts = await listPolicyDrafts(actor);
  if (!drafts || !can(actor, "policy.edit-draft", actor)) return null;
  const { offered, chosen, problems, isStart } = await choosePolicies(actor, given, MOST_MERGED);
  const isMerged = !isStart && problems.length === 0;
  const combinations = isMerged ? sort(chosen) : null;
  /** What the policies said when they were looked at. */
  const seen = chosen.map(({ version }) => version.hash).join(" ");
  return { ...drafts, offered, chosen, isStart, problems, isMerged, combinations, seen };
}

let last: { key: string; combinations: ReturnType<typeof combinationsOf> } | null = null;

/** Whoever works through the lines sees the page and sends it several times. */
function sort(chosen: readonly ComparablePolicy[]) {
  const key = chosen.map(({ version }) => version.rulesHash).join(" ");
  if (last?.key !== key) last = { key, combinations: combinationsOf(chosen.map(({ version }) => version.table)) };
  return last.combinations;
}
