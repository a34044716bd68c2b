import { cache } from "react";
import type { Actor } from "#domain/access/permission/actor.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { getOwnPolicy, type OwnPolicy } from "#server/policy/policy/queries.ts";

/** The policy that a request is about. */
export interface PolicyOfRequest {
  policy: OwnPolicy | null;
  /** The version it was written for; null if the content no longer contains it. */
  version: PolicyVersion | null;
  /** True if another version has become current since. */
  hasChanged: boolean;
}

/** Finds the policy of a request in the actor's own body, in the version that the request is bound to. */
export const policyOf = cache(
  async (actor: Actor, request: { policy: string; version: string; hash: string }): Promise<PolicyOfRequest> => {
    const policy = await getOwnPolicy(actor, request.policy);
    const version = policy?.versions.find((one) => one.version === request.version && one.hash === request.hash);
    return { policy, version: version ?? null, hasChanged: policy?.current?.hash !== request.hash };
  },
);

/** The risks that the policy names, with an option for a different one; null if it names none. */
export function sourcesIn({ clauses }: PolicyVersion) {
  const named = clauses.filter(({ kind }) => kind === "risk");
  if (named.length === 0) return null;
  const options = named.map(({ id, text: label }) => [id, { label, hint: `Clause ${id}` }] as const);
  return { ...Object.fromEntries(options), own: { label: "Another one", hint: "Describe it below." } };
}
