import type { Answers } from "#domain/policy/decision/rule-file.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { writeOutcomeFilter, type OutcomeFilter } from "#domain/policy/decision/outcomes.ts";
import type { CoveragePage } from "#server/policy/policy/outcome-queries.ts";

/** The address of a version's map, with the path that these answers take highlighted. */
export const mapAddress = ({ slug, version }: Pick<PolicyVersion, "slug" | "version">, answers: Answers = {}): string =>
  `/policies/${slug}/map?${new URLSearchParams({ version, ...answers }).toString()}`;

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

/** The address of a version's coverage, with a filter. */
export function coverageAddress(
  { slug, version }: { slug: string; version: string },
  { kind = null, feature = null }: Partial<CoveragePage["filter"]> = {},
): string {
  const query = new URLSearchParams({ version, ...(kind && { kind }), ...(feature && { feature }) });
  return `/policies/${slug}/coverage?${query.toString()}`;
}

/** The address of the page about a version as a document: its control, its versions and its rules. */
export const aboutAddress = ({ slug, version }: Pick<PolicyVersion, "slug" | "version">): string =>
  `/policies/${slug}/about?${new URLSearchParams({ version }).toString()}`;
