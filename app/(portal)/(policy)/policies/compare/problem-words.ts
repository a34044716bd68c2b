import { MOST_POLICIES, type ChoiceProblem } from "#server/policy/policy/compare-queries.ts";

/** What is wrong with a choice of policies, and what to do. */
export function problemInWords(problem: ChoiceProblem): string {
  if (problem.kind === "unknown")
    return `There is no published policy “${problem.slug.slice(0, 40)}”. Choose from the list.`;
  return problem.kind === "too-many"
    ? `Choose ${MOST_POLICIES} policies at most.`
    : "Choose at least one more policy to compare it with.";
}
