import "server-only";
import type { Actor } from "#domain/access/actor.ts";
import { can } from "#domain/access/permission.ts";
import type { Body } from "#domain/policy/body.ts";
import { calendarDay } from "#domain/calendar/calendar.ts";
import { isReviewOverdue, type Status } from "#domain/policy/front-matter.ts";
import { currentVersion, type Policy, type PolicyVersion } from "#domain/policy/policy.ts";
import { clock } from "../clock.ts";
import { loadContent } from "../content/store.ts";

export interface PolicyEntry {
  slug: string;
  title: string;
  version: string;
  status: Status;
  bodyName: string;
  /** True when it is the reader's own body's. */
  isMine: boolean;
  isReviewOverdue: boolean;
  firstPoint: string;
}

export interface ReadablePolicy {
  version: PolicyVersion;
  body: Body;
  isMine: boolean;
  isReviewOverdue: boolean;
  /** False for a version that is still being written; only its owner and the governance officer see it. */
  isPublished: boolean;
}

/** The policies that the actor may read, the own body's first, each in its current version. */
export async function listPolicies(actor: Actor): Promise<PolicyEntry[]> {
  const { policies } = await loadContent();
  const readable = await Promise.all(policies.map(({ slug }) => getPolicy(actor, slug)));
  return readable
    .flatMap((policy): PolicyEntry[] => {
      if (!policy) return [];
      const { version, body, isMine, isReviewOverdue } = policy;
      const { title, status, summary } = version.frontMatter;
      const head = { slug: version.slug, title, version: version.version, status, bodyName: body.name };
      return [{ ...head, isMine, isReviewOverdue, firstPoint: summary[0] ?? "" }];
    })
    .sort((a, b) => Number(b.isMine) - Number(a.isMine) || a.bodyName.localeCompare(b.bodyName, "en-GB"));
}

/** The current version of a policy, or null where there is none or none that the actor may read: the same answer for both. */
export async function getPolicy(actor: Actor, slug: string): Promise<ReadablePolicy | null> {
  const { policies, bodies } = await loadContent();
  const policy = policies.find((candidate) => candidate.slug === slug);
  const today = calendarDay(clock.now());
  const version = policy && currentVersion(readableVersions(actor, policy), today);
  const body = version && bodies.find((candidate) => candidate.slug === version.frontMatter.body);
  if (!version || !body) return null;
  return {
    version,
    body,
    isMine: body.slug === actor.body,
    isReviewOverdue: isReviewOverdue(version.frontMatter, today),
    isPublished: version.isPublished,
  };
}

/**
 * The policy that an address is about: the one it names, else the actor's own where there is just one.
 * @param named the address's `policy` part, as it came; of a repeated one the last counts, an empty one counts as none
 * @returns undefined where the actor has to choose
 */
export async function getSlugFor(
  actor: Actor,
  named: string | readonly string[] | undefined,
): Promise<string | undefined> {
  const given = [named ?? []].flat().at(-1);
  if (given) return given;
  const mine = (await listPolicies(actor)).filter(({ isMine }) => isMine);
  return mine.length === 1 ? mine[0]?.slug : undefined;
}

/** The name of the actor's own body, for the foot of every page. */
export async function getBodyName(actor: Actor): Promise<string> {
  const { bodies } = await loadContent();
  return bodies.find(({ slug }) => slug === actor.body)?.name ?? actor.employer;
}

function readableVersions(actor: Actor, policy: Policy): PolicyVersion[] {
  return policy.versions.filter(({ isPublished, frontMatter: { body } }) =>
    can(actor, isPublished ? "policy.read" : "policy.read-unpublished", { body }),
  );
}
