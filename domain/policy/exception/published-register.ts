/**
 * The register of exceptions as a body publishes it: how many were decided from each clause in a year, and nothing that
 * identifies anybody (docs/decisions/060-register-in-the-database.md).
 */
import { suppressSmallCounts, type ShownCount } from "#domain/policy/acknowledgement/suppression.ts";

/** How a request was decided; what became of an exception later does not change it. */
export const PUBLISHED_DECISIONS = { approved: "Approved", declined: "Declined" } as const;
export type PublishedDecision = keyof typeof PUBLISHED_DECISIONS;

/** How many requests from a clause were decided in a year. */
export type ClauseDecisions = { policy: string; clause: string } & Readonly<Record<PublishedDecision, number>>;

/** A line of the published register. */
export interface PublishedLine {
  policy: string;
  clause: string;
  decision: PublishedDecision;
  count: ShownCount;
}

/** The first year that a body can publish. */
const FIRST_YEAR = 2000;

/**
 * The year in an address; the last one if it names none, null for one that is not over: two files of it, saved on
 * different days, would tell of the request decided between them. @param today calendar day, YYYY-MM-DD
 */
export function readPublishedYear(typed: string | null, today: string): number | null {
  const last = Number(today.slice(0, 4)) - 1;
  if (typed === null || typed === "") return last;
  const year = /^\d{4}$/.test(typed) ? Number(typed) : NaN;
  return year >= FIRST_YEAR && year <= last ? year : null;
}

/**
 * The lines of the published register, in the order of the counts. Numbers under five are not shown, nor as many others
 * as would tell them to a reader who knows how many requests from the policy were approved, or declined, in all.
 */
export function publishedLines(counts: readonly ClauseDecisions[]): PublishedLine[] {
  const policies = [...new Set(counts.map(({ policy }) => policy))];
  return policies.flatMap((policy) => {
    const clauses = counts.filter((count) => count.policy === policy);
    const shown = {
      approved: suppressSmallCounts([clauses.map(({ approved }) => approved)]).rows[0],
      declined: suppressSmallCounts([clauses.map(({ declined }) => declined)]).rows[0],
    };
    return clauses.flatMap(({ clause }, at) =>
      (["approved", "declined"] as const).map((decision): PublishedLine => {
        return { policy, clause, decision, count: shown[decision]?.[at] ?? { kind: "hidden" } };
      }),
    );
  });
}
