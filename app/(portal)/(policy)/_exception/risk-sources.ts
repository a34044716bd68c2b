import type { PolicyVersion } from "#domain/policy/policy/policy.ts";

/** The risks that the policy names, with an option for a different one; null if it names none. */
export function sourcesIn({ clauses }: PolicyVersion) {
  const named = clauses.filter(({ kind }) => kind === "risk");
  if (named.length === 0) return null;
  const options = named.map(({ id, text: label }) => [id, { label, hint: `Clause ${id}` }] as const);
  return { ...Object.fromEntries(options), own: { label: "Another one", hint: "Describe it below." } };
}
