import type { CoveragePage } from "#server/policy/policy/outcome-queries.ts";

/** The address of a version's coverage, with a filter. */
export function coverageAddress(
  { slug, version }: { slug: string; version: string },
  { kind = null, feature = null }: Partial<CoveragePage["filter"]> = {},
): string {
  const query = new URLSearchParams({ version, ...(kind && { kind }), ...(feature && { feature }) });
  return `/policies/${slug}/coverage?${query.toString()}`;
}
