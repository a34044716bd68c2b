import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { FEATURES, isPlanned, type Feature } from "#domain/policy/decision/feature.ts";
import { COVERAGE_KINDS, coverageLines, type CoverageKind, type CoverageLine } from "#domain/policy/policy/coverage.ts";
import { rulesOf } from "#domain/policy/policy/on-day.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getShownVersion, type ShownVersion } from "./outcome-queries.ts";

export interface CoveragePage extends ShownVersion {
  /** What is listed: statements of the source, or the policy's own clauses. */
  of: "statements" | "clauses";
  /** How many there are of each kind, and with a planned feature. */
  counts: Record<CoverageKind, number> & { all: number; planned: number };
  /** The features that any line names, in the order of the list. */
  features: Feature[];
  filter: { kind: CoverageKind | null; feature: Feature | null };
  /** Those that match the filter. */
  lines: CoverageLine[];
}

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * The coverage of every statement of the version that `?version=` names, or of the one to read today; null if there is
 * none.
 */
export async function getCoveragePage(actor: Actor, slug: string, query: Query): Promise<CoveragePage | null> {
  const shown = await getShownVersion(actor, slug, query);
  if (!shown) return null;
  const { servedClauses } = await loadContent();
  const { frontMatter, clauses, table, sources } = shown.policy.version;
  const { source } = frontMatter;
  const obligations = [...table.obligations.values()];
  const all = coverageLines({
    source,
    clauses,
    rules: rulesOf(shown.policy.version),
    obligations,
    sources,
    served: servedClauses[slug] ?? {},
  });
  const read = (name: string) => [query[name] ?? ""].flat().at(-1);
  const kind = COVERAGE_KINDS.find((one) => one === read("kind")) ?? null;
  const named = new Set(all.flatMap(({ features }) => features));
  const features = (Object.keys(FEATURES) as Feature[]).filter((feature) => named.has(feature));
  const feature = features.find((one) => one === read("feature")) ?? null;
  const count = (one: CoverageKind) => all.filter((line) => line.kind === one).length;
  return {
    ...shown,
    of: source ? "statements" : "clauses",
    counts: {
      decided: count("decided"),
      served: count("served"),
      information: count("information"),
      missing: count("missing"),
      all: all.length,
      planned: all.filter((line) => line.features.some(isPlanned)).length,
    },
    features,
    filter: { kind, feature },
    lines: all.filter(
      (line) => (kind === null || line.kind === kind) && (feature === null || line.features.includes(feature)),
    ),
  };
}
