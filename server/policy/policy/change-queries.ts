import type { Actor } from "#domain/access/permission/permission.ts";
import { versionsThatCount } from "#domain/policy/acknowledgement/acknowledgement.ts";
import { isOutcomeChanged } from "#domain/policy/decision/difference.ts";
import { proveStrictness } from "#domain/policy/decision/strictness.ts";
import { compareOutcomes } from "#domain/policy/policy/change-sentence.ts";
import { compareClauses, compareDocuments, compareTextSections } from "#domain/policy/policy/difference.ts";
import { compareVersions, newestFirst } from "#domain/policy/policy/policy.ts";
import { getLastAnswered } from "#server/policy/acknowledgement/queries.ts";
import { textOutsideClauses } from "#server/base/content/text-outside-clauses.ts";
import { getPolicyToRead, getPolicyVersion, listVersions, type VersionEntry } from "./queries.ts";

/** Everything that differs between two versions of a policy. */
export type PolicyChanges = NonNullable<Awaited<ReturnType<typeof getChanges>>>;
/** What a reader wants to compare, and what is available. */
export type ChangesPage = NonNullable<Awaited<ReturnType<typeof getChangesPage>>>;

/**
 * What changed between two versions of a policy, older first. `to` defaults to the current version, and `from` to the
 * one that the actor answered last; for somebody who answered none, the one before.
 * @param asked version numbers as received in the address; "" for none
 * @returns null for a policy that does not exist or that the actor may not read
 */
export async function getChangesPage(actor: Actor, slug: string, asked: { from: string; to: string }) {
  const versions = await listVersions(actor, slug);
  if (!versions) return null;
  const numbers = versions.map(({ version }) => version.version);
  const unknown = [asked.from, asked.to].filter((number) => number !== "" && !numbers.includes(number));
  const answered = await getLastAnswered(actor, slug);
  const current = await getPolicyToRead(actor, slug);
  const to = asked.to || (current?.version.version ?? numbers[0] ?? "");
  const isOwn = answered !== null && compareVersions(answered.version, to) < 0;
  const from = asked.from || (isOwn ? answered.version : precedingOf(versions, to));
  const own = asked.from === "" && isOwn ? answered.answer : null;
  // `own`: the actor's answer on `from`, if that is the version they answered last and nobody chose another.
  if (unknown.length > 0 || from === "" || compareVersions(from, to) === 0)
    return { versions, unknown, from, to, own, changes: null };
  const [older = "", newer = ""] = [from, to].sort(compareVersions);
  const changes = await getChanges(actor, slug, { older, newer, versions });
  return { versions, unknown, from: older, to: newer, own, changes };
}

/**
 * What the current version of a policy changes for the actor, who answered an earlier one; null if they answered none.
 */
export async function getChangesSinceOwn(actor: Actor, slug: string) {
  const { own, changes } = (await getChangesPage(actor, slug, { from: "", to: "" })) ?? {};
  return own && changes ? { own, changes } : null;
}

async function getChanges(
  actor: Actor,
  slug: string,
  { older, newer, versions }: { older: string; newer: string; versions: readonly VersionEntry[] },
) {
  const [from, to] = await Promise.all([getPolicyVersion(actor, slug, older), getPolicyVersion(actor, slug, newer)]);
  if (!from || !to) return null;
  const [before, after] = [from.version, to.version];
  const outcomes = compareOutcomes(before, after);
  const all = versions.map(({ version }) => version);
  const holds = versionsThatCount(all, after).some(({ version }) => version === before.version);
  return {
    from,
    to,
    outcomes,
    /** Whether the later one is at least as strict; its proof is null if they are too different. Null if one is withdrawn. */
    strictness: [before, after].some(({ frontMatter }) => frontMatter.status === "withdrawn")
      ? null
      : { proof: proveStrictness(before.table, after.table, true) },
    clauses: compareClauses(before, after),
    sections: compareTextSections(textOutsideClauses(before), textOutsideClauses(after)),
    document: compareDocuments(before, after),
    /** Why people who accepted the earlier version are asked again; null if their answer still counts. */
    asksAgain: holds ? null : isOutcomeChanged(outcomes) ? ("outcome" as const) : ("raised" as const),
  };
}

function precedingOf(versions: readonly VersionEntry[], number: string): string {
  const entry = versions.find(({ version }) => version.version === number);
  const older = newestFirst(versions.map(({ version }) => version)).find(
    ({ version }) => compareVersions(version, number) < 0,
  );
  return entry?.follows ?? older?.version ?? "";
}
