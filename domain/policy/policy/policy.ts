/** A policy and its versions: text, rules and questions as one thing (docs/glossary.md, "Version"). */
import type { DecisionTable } from "#domain/policy/decision/decision-table.ts";
import type { FactSet } from "#domain/policy/decision/fact.ts";
import type { PolicyWords } from "#domain/policy/decision/policy-words.ts";
import type { RulePeriod } from "#domain/policy/decision/period.ts";
import type { ClauseSubjects, Example, Matrix, Sources, Wording } from "#domain/policy/decision/rule-file.ts";
import type { StartWay } from "#domain/policy/search/starts.ts";
import type { ExceptionRules } from "#domain/policy/exception/exception-rules.ts";
import type { Clause, HeadedSection } from "./clause.ts";
import type { FrontMatter, Status } from "./front-matter.ts";

export interface PolicyVersion {
  readonly slug: string;
  readonly version: string;
  readonly frontMatter: FrontMatter;
  /** The MDX text without its front matter. */
  readonly text: string;
  readonly clauses: readonly Clause[];
  readonly sections: readonly HeadedSection[];
  /** The facts that this version uses, in its own words. */
  readonly questions: FactSet;
  readonly wording: Readonly<Record<string, Wording>>;
  /** Its own words for its question and its verdicts, or the shared ones. */
  readonly words: PolicyWords;
  /** The table of the day that the version is looked at on: see `versionOn`. */
  readonly table: DecisionTable;
  /** The first day of each period but the first, YYYY-MM-DD, in order; none if no rule begins or ends on a day. */
  readonly days: readonly string[];
  /** One for each period, in order; each with the exceptions that its own table lets people ask for. */
  readonly periods: readonly [VersionPeriod, ...VersionPeriod[]];
  readonly matrix: Matrix;
  readonly sources: Sources;
  readonly examples: readonly Example[];
  readonly about: ClauseSubjects;
  readonly exceptionRules: ExceptionRules;
  /** What people come with and where it leads, if the version says it itself; null if content/starts.yaml does. */
  readonly starts: readonly StartWay[] | null;
  /** SHA-256 of everything in the version, hexadecimal. */
  readonly hash: string;
  /** Equal if two versions have the same rules and questions, byte for byte, on days of the same period. */
  readonly rulesHash: string;
  /** True if the version is in content.lock.json: it may be shown to everybody. */
  readonly isPublished: boolean;
}

export interface VersionPeriod extends RulePeriod {
  readonly exceptionRules: ExceptionRules;
}

export interface Policy {
  readonly slug: string;
  /** Oldest first. */
  readonly versions: readonly PolicyVersion[];
}

/** Compares dotted version numbers: "1.10" comes after "1.9". Negative if `a` is older. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split(".").map(Number)) as [number[], number[]];
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The first day on which a version applies, YYYY-MM-DD; "" if it does not say since when. */
export function startDay({ frontMatter: { effective } }: Pick<PolicyVersion, "frontMatter">): string {
  if (effective === null) return "";
  return effective.length === 7 ? `${effective}-01` : effective;
}

/**
 * The version that applies on a day: the newest in force or interim whose first day has come, unless a later one
 * withdrew it. One that is not published applies on no day, whatever its author wrote into it.
 * @param day calendar day, YYYY-MM-DD
 */
export function versionInForce(versions: readonly PolicyVersion[], day: string): PolicyVersion | null {
  const [newest] = newestFirst(versions).filter((version) => !isDraft(version) && startDay(version) <= day);
  return newest && newest.frontMatter.status !== "withdrawn" ? newest : null;
}

/**
 * The version that `/policies/[slug]` shows: the one in force or interim, otherwise the newest draft.
 * @param today calendar day, YYYY-MM-DD
 * @returns null if every version is withdrawn or in the future; a draft older than a withdrawn version does not count
 */
export function currentVersion(versions: readonly PolicyVersion[], today: string): PolicyVersion | null {
  const inForce = versionInForce(versions, today);
  if (inForce) return inForce;
  const [draft] = newestFirst(versions).filter(isDraft);
  if (!draft) return null;
  const isOvertaken = versions.some(
    (other) =>
      other.isPublished &&
      BINDING.includes(other.frontMatter.status) &&
      startDay(other) <= today &&
      compareVersions(draft.version, other.version) < 0,
  );
  return isOvertaken ? null : draft;
}

/** Whether it says so itself, or would say something else only once it is published. */
const isDraft = ({ frontMatter: { status }, isPublished }: PolicyVersion): boolean =>
  status === "draft" || !isPublished;

const BINDING: readonly Status[] = ["in force", "interim"];

/** The status of a version on a day, among all versions of its policy. */
export type VersionState = "in-force" | "interim" | "superseded" | "future" | "draft" | "withdrawn";

/** @param today calendar day, YYYY-MM-DD */
export function stateOfVersion(
  versions: readonly PolicyVersion[],
  version: PolicyVersion,
  today: string,
): VersionState {
  const { status } = version.frontMatter;
  if (isDraft(version)) {
    const isOvertaken = versionInForce(versions, today) ?? newestFirst(versions).find(isDraft);
    return isOvertaken && compareVersions(version.version, isOvertaken.version) < 0 ? "superseded" : "draft";
  }
  if (startDay(version) > today) return "future";
  if (status === "withdrawn") return "withdrawn";
  if (versionInForce(versions, today)?.version !== version.version) return "superseded";
  return status === "interim" ? "interim" : "in-force";
}

/** Versions by number, newest first. */
export const newestFirst = <Version extends Pick<PolicyVersion, "version">>(versions: readonly Version[]): Version[] =>
  [...versions].sort((a, b) => compareVersions(b.version, a.version));

/**
 * The clause with this id. @throws Error if the text has none: the content check rejects such a policy before it is
 * served.
 */
export function clauseById(version: PolicyVersion, id: string): Clause {
  const clause = version.clauses.find((candidate) => candidate.id === id);
  if (!clause) throw new Error(`${version.slug} ${version.version} has no clause ${id}.`);
  return clause;
}
