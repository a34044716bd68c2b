import { SHARED_WORDS } from "#domain/policy/decision/policy-words.ts";
import { cache } from "react";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import { calendarDay, isDay } from "#domain/base/calendar/calendar.ts";
import { versionOn } from "#domain/policy/policy/on-day.ts";
import { isInterimOverdue, reviewStanding } from "#domain/policy/policy/front-matter.ts";
import { materialReason, predecessorOf } from "#domain/policy/policy/material.ts";
import {
  currentVersion,
  newestFirst,
  startDay,
  stateOfVersion,
  versionInForce,
  type PolicyVersion,
} from "#domain/policy/policy/policy.ts";
import { versionsThatCount } from "#domain/policy/acknowledgement/acknowledgement.ts";
import { clock } from "#server/base/clock.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { listReleasesOf, type ReleaseRow } from "./repository.ts";

export type PolicyEntry = Awaited<ReturnType<typeof listPolicies>>[number];
export type ReadablePolicy = NonNullable<Awaited<ReturnType<typeof readPolicy>>>;
/** One line of a policy's change history. */
export type VersionEntry = NonNullable<Awaited<ReturnType<typeof listVersions>>>[number];

/** A published version, and since when it has been served here. */
export type ServedVersion = PolicyVersion & { readonly servedAt: Date };

/** A policy of the actor's own body, published versions only. */
export interface OwnPolicy {
  slug: string;
  body: Body;
  /** All published versions, oldest first. */
  versions: readonly ServedVersion[];
  /** What `/policies/[slug]` shows to everybody; null if everything is withdrawn or in the future. */
  current: ServedVersion | null;
  /** The versions whose acceptance counts for the current one, starting with it. */
  counting: readonly ServedVersion[];
}

/** The policies that the actor may read, those of their own body first, each in its current version. */
export async function listPolicies(actor: Actor) {
  const { policies } = await loadContent();
  const readable = await Promise.all(policies.map(({ slug }) => getPolicyToRead(actor, slug)));
  const today = clock.today();
  return readable
    .filter((policy) => policy !== null)
    .map(({ version, body, isMine }) => {
      const { title, status, summary } = version.frontMatter;
      const head = { slug: version.slug, title, version: version.version, status, bodyName: body.name };
      return {
        ...head,
        /** True when it is the reader's own body's. */
        isMine,
        review: reviewStanding(version.frontMatter, today),
        /** True if it is interim and has outlasted its promised end. */
        isInterimOverdue: isInterimOverdue(version.frontMatter, today),
        firstPoint: summary[0] ?? "",
      };
    })
    .sort((a, b) => Number(b.isMine) - Number(a.isMine) || a.bodyName.localeCompare(b.bodyName, "en-GB"));
}

/**
 * The current version of a policy; null if there is none or the actor may not read it, without saying which.
 * @param on the day to decide for, YYYY-MM-DD; null for today
 */
export const getPolicy = async (actor: Actor, slug: string, on: string | null = null) =>
  readPolicy(actor, slug, currentVersion, on);

/** The same for reading: if none applies any more, the version that withdrew it, so that readers find out. */
export async function getPolicyToRead(actor: Actor, slug: string, on: string | null = null) {
  const choose: Choose = (versions, day) => currentVersion(versions, day) ?? latestWithdrawn(versions, day);
  return readPolicy(actor, slug, choose, on);
}

/** One version of a policy by its number, current or not; null as with `getPolicy`. @param on as with `getPolicy` */
export const getPolicyVersion = async (actor: Actor, slug: string, number: string, on: string | null = null) =>
  readPolicy(actor, slug, (versions) => versions.find(({ version }) => version === number) ?? null, on);

/**
 * The day that an address asks for with `on`; null for today, and for anything that is no day.
 * @param given the parameter as received; the last if repeated
 */
export function dayAsked(given: string | readonly string[] | undefined): string | null {
  const day = [given ?? []].flat().at(-1) ?? "";
  return isDay(day) && day !== clock.today() ? day : null;
}

/** The version that applied on a day, or null if none did or the actor may not read it. @param day YYYY-MM-DD */
export const getPolicyOn = async (actor: Actor, slug: string, day: string) =>
  readPolicy(actor, slug, versionInForce, day);

/** All versions of a policy that the actor may read, newest first; null as with `getPolicy`. */
export async function listVersions(actor: Actor, slug: string) {
  const found = await findReadable(actor, slug);
  if (!found) return null;
  const { versions, today } = found;
  return newestFirst(versions).map((version) => {
    const before = predecessorOf(versions, version);
    return {
      version,
      isPublished: version.isPublished,
      state: stateOfVersion(versions, version, today),
      /** The previous version; null for a first one and for a withdrawal. */
      follows: before?.version ?? null,
      /** Why everybody is asked to answer it, or null if it is minor and earlier answers still count. */
      material: materialReason(version, before),
    };
  });
}

/**
 * The version of a policy that applies today, for the intranet of its body: whoever reads it there. Null where the body
 * has not switched that on, and if the policy is not its own or has no such version.
 */
export async function getEmbeddedPolicy(bodySlug: string, slug: string) {
  const { policies, bodies } = await loadContent();
  const { embedding } = bodies.find((one) => one.slug === bodySlug) ?? {};
  const all = policies.find((policy) => policy.slug === slug)?.versions ?? [];
  const versions = all.filter(({ isPublished, frontMatter: { body } }) => isPublished && body === bodySlug);
  const found = { versions, bodies, today: calendarDay(clock.now()) };
  const policy = embedding ? chosenVersion(found, currentVersion, null, bodySlug) : null;
  return policy && embedding ? { ...policy, origins: embedding.origins } : null;
}

/**
 * Where the actor's body lets its intranet show its policies, and which of them have a version that applies today; null
 * for those who may not know.
 */
export async function getEmbedding(actor: Actor) {
  if (!can(actor, "embedding.read", actor)) return null;
  const [body, policies] = await Promise.all([getOwnBody(actor), listOwnCurrent(actor)]);
  return body && { body, origins: body.embedding?.origins ?? [], policies };
}

type Choose = (versions: readonly PolicyVersion[], day: string) => PolicyVersion | null;

async function readPolicy(actor: Actor, slug: string, choose: Choose, on: string | null) {
  const found = await findReadable(actor, slug);
  return found && chosenVersion(found, choose, on, actor.body);
}

type Found = NonNullable<Awaited<ReturnType<typeof findReadable>>>;

/** One of the versions as a reader of a body sees it. */
function chosenVersion({ versions, bodies, today }: Found, choose: Choose, on: string | null, readerBody: string) {
  const day = on ?? today;
  const version = choose(versions, day);
  const body = bodies.find((candidate) => candidate.slug === version?.frontMatter.body);
  if (!version || !body) return null;
  const state = stateOfVersion(versions, version, today);
  return {
    version: versionOn(version, day),
    body,
    /** The day that it is read as of, YYYY-MM-DD: today, unless another was asked for. */
    day,
    isOtherDay: day !== today,
    state,
    isMine: body.slug === readerBody,
    isReviewOverdue: state !== "superseded" && reviewStanding(version.frontMatter, today).kind === "overdue",
    /** False for a version that is still being written; only its owner and the governance officer see it. */
    isPublished: version.isPublished,
    /** Number of the version that `/policies/[slug]` shows; null if there is none. */
    current: currentVersion(versions, today)?.version ?? null,
  };
}

async function findReadable(actor: Actor, slug: string) {
  const { policies, bodies } = await loadContent();
  const all = policies.find((candidate) => candidate.slug === slug)?.versions ?? [];
  const versions = all.filter(({ isPublished, frontMatter: { body } }) =>
    can(actor, isPublished ? "policy.read" : "policy.read-unpublished", { body }),
  );
  return versions.length > 0 ? { versions, bodies, today: clock.today() } : null;
}

function latestWithdrawn(versions: readonly PolicyVersion[], today: string): PolicyVersion | null {
  const isWithdrawn = (version: PolicyVersion) =>
    version.isPublished && version.frontMatter.status === "withdrawn" && startDay(version) <= today;
  return newestFirst(versions).find(isWithdrawn) ?? null;
}

/**
 * The policy that an address is about: the one it names, otherwise the actor's own if there is exactly one.
 * @param named the `policy` parameter as received; the last if repeated, and an empty one counts as none
 * @returns undefined if the actor has to choose
 */
export async function getSlugFor(actor: Actor, named: string | readonly string[] | undefined) {
  const given = [named ?? []].flat().at(-1);
  if (given) return given;
  const mine = (await listPolicies(actor)).filter(({ isMine, status }) => isMine && status !== "withdrawn");
  return mine.length === 1 ? mine[0]?.slug : undefined;
}

/**
 * The published policies of the actor's own body: those that its people are asked to answer. Queried once per request.
 */
export const listOwnPolicies = cache(async (actor: Actor): Promise<OwnPolicy[]> => {
  const now = clock.now();
  const published = await listPublished(actor, now);
  if (published.length === 0) return [];
  const releases = await listReleasesOf(getDatabase(), actor.body);
  return published.map(({ slug, body, versions, shown }): OwnPolicy => {
    const served = new Map(versions.map((version) => [version, withStart(version, releases, now)]));
    const inService = (version: PolicyVersion) => served.get(version) ?? [];
    return {
      slug,
      body,
      versions: [...served.values()],
      current: (shown && served.get(shown)) ?? null,
      counting: shown ? versionsThatCount(versions, shown).flatMap(inService) : [],
    };
  });
});

/** Those that can be answered now. */
export const withCurrent = <Policy extends OwnPolicy>(policies: readonly Policy[]) =>
  policies.flatMap((one) => (one.current ? [{ ...one, current: one.current }] : []));

/** Titles as in that version; the slug if the content no longer has it. */
export async function titles(): Promise<(policy: string, version: string) => string> {
  const { policies } = await loadContent();
  return (slug, number) => {
    const versions = newestFirst(policies.find((policy) => policy.slug === slug)?.versions ?? []);
    return (versions.find(({ version }) => version === number) ?? versions[0])?.frontMatter.title ?? slug;
  };
}

/**
 * The versions of these policies that are shown to everybody now. Without the date they were first served, so no
 * database query is needed.
 */
export const listOwnCurrent = async (actor: Actor): Promise<PolicyVersion[]> =>
  (await listPublished(actor, clock.now())).flatMap(({ shown }) => shown ?? []);

async function listPublished(actor: Actor, now: Date) {
  const { policies, bodies } = await loadContent();
  const body = bodies.find(({ slug }) => slug === actor.body);
  if (!body || !can(actor, "policy.read", { body: body.slug })) return [];
  return policies.flatMap(({ slug, versions: all }) => {
    const versions = all.filter(({ isPublished, frontMatter }) => isPublished && frontMatter.body === body.slug);
    if (versions.length === 0) return [];
    return [{ slug, body, versions, shown: currentVersion(versions, calendarDay(now)) }];
  });
}

/** The published versions of a body's policies, with when each was first served here. For what has authorised already. */
export async function listServedPolicies(body: string): Promise<{ slug: string; versions: ServedVersion[] }[]> {
  const now = clock.now();
  const [{ policies }, releases] = await Promise.all([loadContent(), listReleasesOf(getDatabase(), body)]);
  return policies.flatMap(({ slug, versions: all }) => {
    const versions = all.filter(({ isPublished, frontMatter }) => isPublished && frontMatter.body === body);
    return versions.length === 0 ? [] : [{ slug, versions: versions.map((one) => withStart(one, releases, now)) }];
  });
}

/** One of them, or null: also for another body's policy, or one that is not published. */
export const getOwnPolicy = async (actor: Actor, slug: string): Promise<OwnPolicy | null> =>
  (await listOwnPolicies(actor)).find((policy) => policy.slug === slug) ?? null;

/** The actor's own body, with its contacts and channels; null if the portal no longer serves it. */
export async function getOwnBody(actor: Actor): Promise<Body | null> {
  const { bodies } = await loadContent();
  return bodies.find(({ slug }) => slug === actor.body) ?? null;
}

/**
 * What the check does, in the words of the policies in force in the actor's body where they all say the same; otherwise
 * in the shared ones.
 */
export async function getCheckWords(actor: Actor): Promise<string> {
  const own = new Set((await listOwnCurrent(actor)).map(({ words }) => words.check));
  const [only] = own;
  return own.size === 1 && only !== undefined ? only : SHARED_WORDS.check;
}

/** Its name, for the footer of every page. */
export const getBodyName = async (actor: Actor): Promise<string> => (await getOwnBody(actor))?.name ?? actor.employer;

/** A version that is not recorded yet counts as served from now on. */
function withStart(version: PolicyVersion, releases: readonly ReleaseRow[], now: Date): ServedVersion {
  const release = releases.find(
    ({ policy, version: number, hash }) =>
      policy === version.slug && number === version.version && hash === version.hash,
  );
  // Not spread, which would parse even versions that nobody reads.
  const start = { servedAt: release?.servedAt ?? now };
  return Object.defineProperties(start, Object.getOwnPropertyDescriptors(version)) as ServedVersion;
}
