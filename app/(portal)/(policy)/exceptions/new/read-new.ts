import { cache } from "react";
import type { Actor } from "#domain/access/permission/actor.ts";
import { readStart, writeStart, type RequestStart } from "#domain/policy/exception/start.ts";
import { getSlugFor, listOwnPolicies, type OwnPolicy, type ServedVersion } from "#server/policy/policy/queries.ts";

export type NewRequestQuery = Readonly<Record<string, string | string[] | undefined>>;

/** What an address asks to begin: a request on one policy, a choice among several, or nothing that the actor may know of. */
export type NewRequest =
  | { kind: "begin"; policy: OwnPolicy; version: ServedVersion; start: RequestStart; path: string }
  | { kind: "choose"; policies: readonly OwnPolicy[] }
  | { kind: "not-found" };

/** Reads the address of the page that begins a request, the same for the page and for what its form sends. */
export const readNewRequest = cache(async (actor: Actor, query: NewRequestQuery): Promise<NewRequest> => {
  const policies = (await listOwnPolicies(actor)).filter(({ current }) => current !== null);
  const slug = await getSlugFor(actor, query.policy);
  if (slug === undefined) return { kind: "choose", policies };
  const policy = policies.find((one) => one.slug === slug);
  if (!policy?.current) return { kind: "not-found" };
  const start = readStart(policy.current, query);
  return { kind: "begin", policy, version: policy.current, start, path: `/exceptions/new?${writeStart(slug, start)}` };
});
