/**
 * A numbered statement of a policy: stable id, strength, and the source statements it carries (docs/glossary.md,
 * "Clause").
 */

export const STRENGTHS = ["must", "must-not", "should", "may", "information"] as const;
export type Strength = (typeof STRENGTHS)[number];

export interface Clause {
  /** Stable within the policy, e.g. "2.1". */
  readonly id: string;
  readonly strength: Strength;
  /** Exception forms draw on `risk` clauses. */
  readonly kind: "rule" | "risk";
  /** "body": it is a duty of the body itself, which nobody can depart from; absent for what people do. */
  readonly binds?: "body" | undefined;
  /** Ids of the source statements it carries, e.g. "S3.13". */
  readonly from: readonly string[];
  /** The words as a reader sees them, without markup. */
  readonly text: string;
  /** Number of its section, or null before the first heading. */
  readonly section: string | null;
}

export interface HeadedSection {
  /** Anchor in the page. */
  readonly anchor: string;
  readonly title: string;
}

/** Said of a duty of the body wherever it stands. */
export const OF_BODY = "A duty of the organisation";

/** The anchor of a clause in its policy's page; links to it survive edits of the text. */
export const clauseAnchor = (clauseId: string): string => `clause-${clauseId}`;

/** The anchor of a heading: its number if it has one ("2 What you may send" → section-2), otherwise its words. */
export function sectionAnchor(title: string): string {
  const number = /^(\d+(?:\.\d+)*)\s/.exec(title)?.[1];
  const words = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
  return `section-${number ?? words}`;
}
