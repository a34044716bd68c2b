import { writeOutcomeFilter, type OutcomeFilter } from "#domain/policy/decision/outcomes.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";

/** The address of a version's outcomes, or of one of their files, with a filter. It always contains the version. */
export function outcomeAddress(
  { slug, version }: Pick<PolicyVersion, "slug" | "version">,
  filter: OutcomeFilter = { answers: {}, verdict: null },
  { file = "outcomes", page = 1 }: { file?: string; page?: number } = {},
): string {
  const query = new URLSearchParams([["version", version], ...writeOutcomeFilter(filter)]);
  if (page > 1) query.set("page", String(page));
  return `/policies/${slug}/${file}?${query.toString()}`;
}
