import type { Fault } from "#domain/policy/decision/rule-file.ts";
import type { RulePeriod } from "#domain/policy/decision/period.ts";
import { provePeriods, type PeriodsProof } from "#domain/policy/decision/prove.ts";
import { exceptionSettingsProblems, type ExceptionSettings } from "#domain/policy/exception/exception-rules.ts";
import type { Clause } from "#domain/policy/policy/clause.ts";
import { cover, type Coverage, type ServedClauses } from "#domain/policy/policy/coverage.ts";
import { materialProblem, predecessorOf } from "#domain/policy/policy/material.ts";
import { ownStartProblems, startProblems } from "#domain/policy/search/starts.ts";
import { clausesOf, faultIn, wholeVersion, type ReadContent, type ReadVersion } from "./read.ts";

export interface CheckedVersion extends Omit<PeriodsProof, "faults"> {
  slug: string;
  version: string;
  sources: Omit<Coverage, "faults">;
}

export interface Check {
  ok: boolean;
  policies: CheckedVersion[];
  faults: Fault[];
}

/** A version whose files did not change is the same object, and is checked only once. */
const proofs = new WeakMap<ReadVersion, ReturnType<typeof checkVersion>>();

/**
 * Runs every proof over what was read. An unreadable version counts as zero situations, and its faults say why.
 * @param versions those to check; all by default
 */
export function checkContent(content: ReadContent, versions = content.versions): Check {
  const proven = versions.map((version) => checkOnce(version, content));
  const material = versions.flatMap((version) => materialFault(version, content.versions));
  const faults = [
    ...content.faults,
    ...proven.flatMap((version) => version.faults),
    ...material,
    ...startFaults(content, versions),
  ];
  return { ok: faults.length === 0, policies: proven.map(({ faults: _, ...version }) => version), faults };
}

/** Runs the proofs of one version, unless that was done already; `checkContent` then reuses the result. */
export function checkOnce(version: ReadVersion, { servedClauses }: Pick<ReadContent, "servedClauses">) {
  const proof = proofs.get(version) ?? checkVersion(version, servedClauses[version.slug]);
  proofs.set(version, proof);
  return proof;
}

/**
 * Whether a version asks everybody again is derived; its author can raise it but never lower it. A published version
 * can no longer be corrected, but it is derived all the same.
 */
function materialFault(read: ReadVersion, all: readonly ReadVersion[]): Fault[] {
  const version = read.isPublished || !isReadWhole(read) ? null : wholeVersion(read);
  if (!version) return [];
  const others = all.filter(({ slug, isPublished }) => slug === read.slug && isPublished);
  const published = others.flatMap((other) => wholeVersion(other) ?? []);
  const problem = materialProblem(version, predecessorOf(published, version));
  if (problem === null) return [];
  return [faultIn(`${read.folder}/policy.mdx`, `front matter ${problem}`)];
}

/** Whether all of its text and rules could be read. If not, what seems to be missing may stand in the rest. */
const isReadWhole = ({ text, rules }: ReadVersion): boolean =>
  text !== null && text.frontMatter !== null && text.problems.length === 0 && rules?.isComplete === true;

/** What the ways into these versions lead to and is not there: those of starts.yaml, and their own. */
function startFaults({ starts, faults }: ReadContent, versions: readonly ReadVersion[]): Fault[] {
  if (faults.some(({ file }) => file === "starts.yaml")) return [];
  const fault = (file: string) => (message: string) => faultIn(file, message);
  return versions.flatMap((read) => {
    const version = wholeVersion(read);
    if (!version || !isReadWhole(read)) return [];
    return [
      ...(starts ? startProblems(starts, version) : []).map(fault("starts.yaml")),
      ...ownStartProblems(starts, version).map(fault(`${read.folder}/rules.yaml`)),
    ];
  });
}

function checkVersion(read: ReadVersion, served: ServedClauses = {}): CheckedVersion & { faults: Fault[] } {
  const { slug, version, folder, frontMatter, text, rules, exceptions, faults } = read;
  const file = `${folder}/rules.yaml`;
  const clauses = text?.clauses ?? [];
  // If the text or the rules could not be read, what they contain is not missing but unknown.
  const isTextRead = text !== null && text.frontMatter !== null;
  const clauseIds = isTextRead ? text.clauseIds : null;
  const proof = provePeriods(rules?.periods ?? [], clauseIds, rules?.examples ?? [], file, rules?.about);
  const coverage = cover({
    source: (isTextRead && rules && frontMatter?.source) || null,
    clauses,
    rules: rules?.rules ?? [],
    obligations: [...(rules?.table.obligations.values() ?? [])],
    sources: rules?.sources ?? { served: {}, information: {} },
    served,
    file,
  });
  const { faults: proofFaults, ...counts } = proof;
  const { faults: coverageFaults, ...sources } = coverage;
  const isWhole = frontMatter !== null && isReadWhole(read);
  // Without a rule that could not be read, others would seem to be missing or wrong.
  const proven = rules?.isComplete ? proofFaults : proofFaults.filter(({ kind }) => OF_EACH_RULE.includes(kind));
  const ofExceptions =
    rules && exceptions && isReadWhole(read)
      ? exceptionFaults(rules.periods, { clauses, settings: exceptions.settings }).map((message) => {
          const where = exceptions.file === file ? "" : `${slug} ${version}: `;
          return faultIn(exceptions.file, where + message);
        })
      : [];
  const found = [...faults, ...proven, ...(isWhole ? coverageFaults : []), ...ofExceptions];
  return { slug, version, ...counts, sources, faults: found };
}

/** What is wrong with a rule whatever the others say. */
const OF_EACH_RULE: readonly Fault["kind"][] = ["uncited", "broken-citation"];

/** What is wrong with the rules for exceptions in any period, each sentence once. */
const exceptionFaults = (
  periods: readonly RulePeriod[],
  { clauses, settings }: { clauses: readonly Clause[]; settings: ExceptionSettings },
): string[] => [...new Set(periods.flatMap(({ table }) => exceptionSettingsProblems({ clauses, table }, settings)))];

/**
 * What served-clauses.yaml names that no version of its policy has, and entries for a policy whose source says it
 * itself.
 */
export function servedClauseFaults({ versions, servedClauses }: ReadContent): Fault[] {
  const fault = (message: string) => faultIn("served-clauses.yaml", message);
  return Object.entries(servedClauses).flatMap(([slug, served]) => {
    const own = versions.filter((version) => version.slug === slug);
    const clauses = clausesOf(versions, slug);
    if (!clauses) return []; // the same file is used by a portal with fewer policies
    const unknown = Object.keys(served).filter((id) => !clauses.has(id));
    return [
      ...unknown.map((id) => fault(`No version of "${slug}" has a clause ${id}. Correct the number or take it out.`)),
      ...(own.some(({ frontMatter }) => frontMatter?.source)
        ? [fault(`"${slug}" has a source. Name what serves its statements under sources in its rules.yaml.`)]
        : []),
    ];
  });
}
