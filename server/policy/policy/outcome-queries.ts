import type { Actor } from "#domain/access/permission/permission.ts";
import { readOutcomeFilter } from "#domain/policy/decision/outcomes.ts";
import { provePeriods, type PeriodsProof } from "#domain/policy/decision/prove.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { clock } from "#server/base/clock.ts";
import { dayAsked, getPolicyToRead, getPolicyVersion, listVersions } from "./queries.ts";
import { FEATURES, isPlanned, type Feature } from "#domain/policy/decision/feature.ts";
import { COVERAGE_KINDS, coverageLines, type CoverageKind } from "#domain/policy/policy/coverage.ts";
import { rulesOf } from "#domain/policy/policy/on-day.ts";
import { loadContent } from "#server/base/content/store.ts";

export type OutcomePage = NonNullable<Awaited<ReturnType<typeof getOutcomePage>>>;
export type CoveragePage = NonNullable<Awaited<ReturnType<typeof getCoveragePage>>>;

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * The version of a policy that `?version=` names, the last one if repeated; without it, the one to read today. `?on=`
 * asks for another day than today. With the numbers of all versions that the actor may read, newest first.
 * @returns null if there is none that the actor may read
 */
export async function getShownVersion(actor: Actor, slug: string, query: Query) {
  const number = [query.version ?? ""].flat().at(-1) ?? "";
  const on = dayAsked(query.on);
  const policy = await (number === "" ? getPolicyToRead(actor, slug, on) : getPolicyVersion(actor, slug, number, on));
  if (!policy) return null;
  const versions = (await listVersions(actor, slug)) ?? [];
  return { policy, versions: versions.map(({ version }) => version.version) };
}

/** Everything that the outcomes page of a version and its files show; null as with `getShownVersion`. */
export async function getOutcomePage(actor: Actor, slug: string, query: Query) {
  const shown = await getShownVersion(actor, slug, query);
  if (!shown) return null;
  const { version } = shown.policy;
  const filter = { ...readOutcomeFilter(version.table, query), on: shown.policy.isOtherDay ? shown.policy.day : null };
  return { ...shown, filter, proof: proofOf(version) };
}

/** By content hash: a version is proven once per process, in all its periods, when it is first viewed. */
const proofs = new Map<string, PeriodsProof & { provenAt: Date }>();
const MOST_KEPT = 200;

function proofOf(version: PolicyVersion) {
  const { slug, hash, periods, clauses, examples } = version;
  const known = proofs.get(hash);
  if (known) return known;
  const clauseIds = new Set(clauses.map(({ id }) => id));
  const file = `policies/${slug}/${version.version}/rules.yaml`;
  const proof = { ...provePeriods(periods, clauseIds, examples, file), provenAt: clock.now() };
  const [oldest] = proofs.keys();
  if (proofs.size >= MOST_KEPT && oldest !== undefined) proofs.delete(oldest);
  proofs.set(hash, proof);
  return proof;
}

/**
 * The coverage of every statement of the version that `?version=` names, or of the one to read today; null if there is
 * none.
 */
export async function getCoveragePage(actor: Actor, slug: string, query: Query) {
  const shown = await getShownVersion(actor, slug, query);
  if (!shown) return null;
  const { servedClauses } = await loadContent();
  const { frontMatter, clauses, table, sources } = shown.policy.version;
  const { source } = frontMatter;
  const obligations = [...table.obligations.values()];
  const rules = rulesOf(shown.policy.version);
  const served = servedClauses[slug] ?? {};
  const all = coverageLines({ source, clauses, rules, obligations, sources, served });
  const read = (name: string) => [query[name] ?? ""].flat().at(-1);
  const kind = COVERAGE_KINDS.find((one) => one === read("kind")) ?? null;
  const named = new Set(all.flatMap(({ features }) => features));
  const features = (Object.keys(FEATURES) as Feature[]).filter((feature) => named.has(feature));
  const feature = features.find((one) => one === read("feature")) ?? null;
  const count = (one: CoverageKind) => all.filter((line) => line.kind === one).length;
  return {
    ...shown,
    /** What is listed: statements of the source, or the policy's own clauses. */
    of: source ? ("statements" as const) : ("clauses" as const),
    /** How many there are of each kind, and with a planned feature. */
    counts: {
      decided: count("decided"),
      served: count("served"),
      information: count("information"),
      missing: count("missing"),
      all: all.length,
      planned: all.filter((line) => line.features.some(isPlanned)).length,
    },
    /** The features that any line names, in the order of the list. */
    features,
    filter: { kind, feature },
    lines: all.filter(
      (line) => (kind === null || line.kind === kind) && (feature === null || line.features.includes(feature)),
    ),
  };
}
