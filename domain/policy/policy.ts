/** A policy and its versions: text, rules and questions as one thing (vocabulary, "Version"). */
import type { DecisionTable } from "../decision/decision-table.ts";
import type { FactSet } from "../decision/fact.ts";
import type { Example, Matrix, Sources, Wording } from "../decision/rule-file.ts";
import type { Clause, Section } from "./clause.ts";
import type { FrontMatter } from "./front-matter.ts";

export interface PolicyVersion {
  readonly slug: string;
  readonly version: string;
  readonly frontMatter: FrontMatter;
  /** The MDX text without its front matter. */
  readonly text: string;
  readonly clauses: readonly Clause[];
  readonly sections: readonly Section[];
  /** The facts that this version uses, in the words it uses. */
  readonly questions: FactSet;
  readonly wording: Readonly<Record<string, Wording>>;
  readonly table: DecisionTable;
  readonly matrix: Matrix;
  readonly sources: Sources;
  readonly examples: readonly Example[];
  /** SHA-256 of everything in the version, hexadecimal. */
  readonly hash: string;
  /** True when the version stands in content.lock.json: it may be shown to everybody. */
  readonly isPublished: boolean;
}

export interface Policy {
  readonly slug: string;
  /** Oldest first. */
  readonly versions: readonly PolicyVersion[];
}

/** Compares dotted version numbers: "1.10" comes after "1.9". Negative when `a` is the older. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split(".").map(Number)) as [number[], number[]];
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * The version that `/policies/[slug]` shows: the newest in force or interim whose effective date has come, else the newest draft.
 * @param today calendar day, YYYY-MM-DD
 * @returns null where every version is withdrawn or still to come
 */
export function currentVersion(versions: readonly PolicyVersion[], today: string): PolicyVersion | null {
  const newestFirst = [...versions].sort((a, b) => compareVersions(b.version, a.version));
  const hasCome = ({ frontMatter: { effective } }: PolicyVersion) =>
    effective === null || effective <= today.slice(0, effective.length);
  const inForce = newestFirst
    .filter(({ frontMatter: { status } }) => status === "in force" || status === "interim")
    .find(hasCome);
  return inForce ?? newestFirst.find(({ frontMatter: { status } }) => status === "draft") ?? null;
}

/** The clause with this id. @throws Error when the text has none: the check refuses such a policy before it is served. */
export function clauseById(version: PolicyVersion, id: string): Clause {
  const clause = version.clauses.find((candidate) => candidate.id === id);
  if (!clause) throw new Error(`${version.slug} ${version.version} has no clause ${id}.`);
  return clause;
}
