import type { Actor } from "#domain/access/permission/permission.ts";
import { readState } from "#domain/policy/decision/matrix-state.ts";
import { compareVersions } from "#domain/policy/policy/policy.ts";
import { versionOn } from "#domain/policy/policy/on-day.ts";
import { listGranted } from "#server/policy/exception/queries.ts";
import { dayAsked, getPolicy, getPolicyVersion, getSlugFor, listVersions } from "./queries.ts";

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A matrix as an address asks for it. */
export type MatrixPage = NonNullable<Awaited<ReturnType<typeof getMatrixPage>>>;

/**
 * The matrix of a policy: of its current version, or of the one that the address names. Versions that do not exist,
 * that the actor may not read, or that are not earlier ones to compare with, are dropped like anything unknown.
 * @returns null for a policy that does not exist or that the actor may not read
 */
export async function getMatrixPage(actor: Actor, slug: string, query: Query) {
  const on = dayAsked(query.on);
  const [current, versions] = await Promise.all([getPolicy(actor, slug, on), listVersions(actor, slug)]);
  const numbers = (versions ?? []).map(({ version }) => version.version);
  const lastOf = (name: string, known: readonly string[]) =>
    [query[name] ?? []]
      .flat()
      .filter((number) => known.includes(number))
      .at(-1) ?? null;
  const asked = lastOf("version", numbers);
  const policy = asked === null ? current : await getPolicyVersion(actor, slug, asked, on);
  if (!policy || !versions) return null;
  const { version } = policy;
  const isCurrent = version.version === current?.version.version;
  const since = lastOf(
    "since",
    numbers.filter((number) => compareVersions(number, version.version) < 0),
  );
  const before = versions.find((entry) => entry.version.version === since)?.version;
  return {
    policy,
    versions,
    /** The earlier version it is compared with. */
    before: before ? versionOn(before, policy.day) : null,
    subject: { policy: slug, version: isCurrent ? null : version.version, since, on },
    state: readState(version.table, version.matrix, query),
    /** Exceptions that apply to the actor now; none for another body's policy or a version that is not the current one. */
    granted: isCurrent && policy.isMine && on === null ? await listGranted(actor, slug) : [],
  };
}

/**
 * The same for a file of it; also null if the address does not say which policy, and the actor does not have exactly
 * one.
 */
export async function getMatrixFor(actor: Actor, search: URLSearchParams) {
  const names = [...new Set(search.keys())];
  const query = Object.fromEntries(names.map((name) => [name, search.getAll(name)]));
  const slug = await getSlugFor(actor, query.policy);
  return slug === undefined ? null : getMatrixPage(actor, slug, query);
}
