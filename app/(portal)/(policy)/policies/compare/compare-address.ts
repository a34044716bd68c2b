import type { Answers } from "#domain/policy/decision/fault.ts";
import type { ComparablePolicy } from "#server/policy/policy/compare-queries.ts";

/** The address of a comparison: policies, answers, and whether every line is shown, in a fixed order. */
export function compareAddress(
  policies: readonly ComparablePolicy[],
  answers: Answers,
  { all = false, place: anchor }: { all?: boolean; place?: "situation" | "disagreements" } = {},
): string {
  const query = new URLSearchParams([
    ...policies.map(({ slug }) => ["policy", slug]),
    ...Object.entries(answers),
    ...(all ? [["all", "1"]] : []),
  ]);
  return `/policies/compare?${query.toString()}${anchor ? `#${anchor}` : ""}`;
}
