import "server-only";
import type { Fault } from "#domain/decision/fault.ts";
import { prove, type Proof } from "#domain/decision/prove.ts";
import { cover, type Coverage } from "#domain/policy/coverage.ts";
import type { ReadContent, ReadVersion } from "./read.ts";

export interface CheckedVersion extends Omit<Proof, "faults"> {
  slug: string;
  version: string;
  sources: Omit<Coverage, "faults">;
}

export interface Check {
  ok: boolean;
  policies: CheckedVersion[];
  faults: Fault[];
}

/** Runs every proof over what was read. A version of which nothing could be read counts zero situations, and its faults say why. */
export function checkContent(content: ReadContent): Check {
  const proven = content.versions.map(checkVersion);
  const faults = [...content.faults, ...proven.flatMap((version) => version.faults)];
  return { ok: faults.length === 0, policies: proven.map(({ faults: _, ...version }) => version), faults };
}

function checkVersion({ slug, version, folder, frontMatter, text, rules }: ReadVersion): CheckedVersion & { faults: Fault[] } {
  const file = `${folder}/rules.yaml`;
  const clauses = text?.clauses ?? [];
  // With the text or the rules unread, what they would have carried is not missing but unknown.
  const isTextRead = text !== null && text.frontMatter !== null;
  const clauseIds = isTextRead ? new Set(clauses.map(({ id }) => id)) : null;
  const proof: Proof = rules
    ? prove(rules.table, clauseIds, rules.examples, file)
    : { situations: 0, undecided: 0, unreachable: 0, uncited: 0, brokenCitations: 0, laxer: 0, wrongExamples: 0, faults: [] };
  const coverage = cover({
    source: (isTextRead && rules && frontMatter?.source) || null,
    clauses,
    rules: rules?.table.rules ?? [],
    obligations: [...(rules?.table.obligations.values() ?? [])],
    sources: rules?.sources ?? { served: {}, information: {} },
    file,
  });
  const { faults: proofFaults, ...counts } = proof;
  const { faults: coverageFaults, ...sources } = coverage;
  const isWhole = frontMatter !== null && isTextRead && rules !== null;
  return { slug, version, ...counts, sources, faults: [...proofFaults, ...(isWhole ? coverageFaults : [])] };
}
