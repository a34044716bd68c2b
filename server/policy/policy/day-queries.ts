import type { Actor } from "#domain/access/permission/permission.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { dayNotes } from "#domain/gather/foi/figures.ts";
import { startDay, versionInForce, type PolicyVersion } from "#domain/policy/policy/policy.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { getPolicyOn, listVersions } from "./queries.ts";
import { listReleasesOf } from "./repository.ts";

type OnDay = NonNullable<Awaited<ReturnType<typeof getPolicyOnDay>>>;
/** What applied on a day. */
export type PolicyOnDay = Extract<OnDay, { kind: "held" }>;
/** A policy of which no version applied on a day. */
export type NoVersionInForce = Extract<OnDay, { kind: "none" }>;

/**
 * What applied on a day, or why nothing did; null for a policy that does not exist or that the actor may not read.
 * @param day calendar day that exists, YYYY-MM-DD; a future one is answered as far as is known
 */
export async function getPolicyOnDay(actor: Actor, slug: string, day: string) {
  const [policy, entries] = await Promise.all([getPolicyOn(actor, slug, day), listVersions(actor, slug)]);
  if (!entries) return null;
  const all = entries.map(({ version }) => version);
  if (!policy) return whyNone(all, day);
  const { version, body } = policy;
  const now = clock.now();
  const releases = await listReleasesOf(getDatabase(), body.slug);
  const release = releases.find((one) => one.policy === slug && one.hash === version.hash);
  /** When this portal first served the version. */
  const servedAt = release?.servedAt ?? now;
  return { kind: "held" as const, policy, servedAt, notes: dayNotes(version, day, calendarDay(now), servedAt) };
}

/** @param versions newest first */
function whyNone(versions: readonly PolicyVersion[], day: string) {
  const [newest] = versions;
  const withdrawn = versions.find((version) => version.frontMatter.status === "withdrawn" && startDay(version) <= day);
  const [next] = versions
    .map((version) => ({ day: startDay(version), version: version.version }))
    .filter((start) => start.day > day && versionInForce(versions, start.day)?.version === start.version)
    .sort((a, b) => (a.day < b.day ? -1 : 1));
  return {
    kind: "none" as const,
    title: newest?.frontMatter.title ?? "",
    /** The last version before that day, which withdrew the policy; null if none had come into force yet. */
    withdrawn: withdrawn?.version ?? null,
    /** The next day on which a version applies, YYYY-MM-DD; null if there is none. */
    next: next ?? null,
  };
}
