/**
 * Whether a version asks everybody again: derived from what it changes, never only from its author's word
 * (docs/glossary.md, "Version").
 */
import { compareTables, isOutcomeChanged } from "#domain/policy/decision/difference.ts";
import { versionOn } from "./on-day.ts";
import { compareVersions, type PolicyVersion } from "./policy.ts";

export type MaterialReason =
  /** There is no version before it. */
  | "first"
  /** A verdict, an obligation or a question changed. */
  | "outcome"
  /** Only the wording changed, but its author asks everybody again. */
  | "raised";

/**
 * The previous version: the newest before it, with drafts following drafts only. A withdrawal has no previous version
 * and is not one for any other.
 * @param versions published versions of the policy, in any order
 */
export function predecessorOf(
  versions: readonly PolicyVersion[],
  { version, frontMatter }: Pick<PolicyVersion, "version" | "frontMatter">,
): PolicyVersion | null {
  const isDraft = frontMatter.status === "draft";
  const before = versions
    .filter((other) => compareVersions(other.version, version) < 0 && other.frontMatter.status !== "withdrawn")
    .filter((other) => (other.frontMatter.status === "draft") === isDraft);
  return before.sort((a, b) => compareVersions(b.version, a.version))[0] ?? null;
}

/** Why a version is material compared with the previous one, or null if it is minor. */
export function materialReason(version: PolicyVersion, before: PolicyVersion | null): MaterialReason | null {
  if (!before) return "first";
  if (changesOutcome(before, version)) return "outcome";
  return version.frontMatter.material ? "raised" : null;
}

/** Whether there is such a reason, without comparing if the author already says so. */
export const isMaterial = (version: PolicyVersion, before: PolicyVersion | null): boolean =>
  !before || version.frontMatter.material || changesOutcome(before, version);

/** Compared once for each pair of versions, because every page of a policy asks. */
const compared = new Map<string, boolean>();

function changesOutcome(before: PolicyVersion, after: PolicyVersion): boolean {
  if (before.rulesHash === after.rulesHash) return false;
  const key = `${before.rulesHash} ${after.rulesHash}`;
  const changed = compared.get(key) ?? samplesOf(before, after).some((day) => isChangedOn(day, before, after));
  compared.set(key, changed);
  return changed;
}

/** A day in each of the stretches of time in which neither version changes; null for all days before the first of them. */
const samplesOf = (...versions: readonly PolicyVersion[]) => [null, ...new Set(versions.flatMap(({ days }) => days))];

function isChangedOn(day: string | null, before: PolicyVersion, after: PolicyVersion): boolean {
  const [was, is] = [before, after].map((version) => versionOn(version, day ?? ""));
  return was !== undefined && is !== undefined && isOutcomeChanged(compareTables(was.table, is.table));
}

/**
 * What is wrong with an author's claim about being material: it can be set with a reason, never cleared. A draft may
 * still lack the reason.
 * @returns one sentence, or null if nothing is wrong
 */
export function materialProblem(version: PolicyVersion, before: PolicyVersion | null): string | null {
  const { material, materialReason: because, status } = version.frontMatter;
  const reason = materialReason(version, before);
  if (reason === "first" && !material)
    return "material: a first version is material, everybody answers it. Write true.";
  if (reason === "outcome" && !material)
    return `material: verdicts, obligations or questions differ from version ${before?.version ?? ""}, so everybody is asked again. Write true.`;
  if (reason === "raised" && because === null && status !== "draft")
    return `materialReason: only words differ from version ${before?.version ?? ""}. Say why everybody is asked again, or write material: false.`;
  return null;
}
