/** “Was this an answer?”: what policy owners see of the counts. */
import { SMALLEST_SHOWN } from "#domain/policy/acknowledgement/suppression.ts";
import type { Rule } from "#domain/policy/decision/rule-file.ts";
import { resultWords, type OwnWords, type Verdict } from "#domain/policy/decision/verdict.ts";

/** How often one result, that of a rule, was an answer and how often not. */
export interface ResultCount {
  rule: string;
  yes: number;
  no: number;
}

/** The same as shown: null for a count of fewer than five. */
export interface ShownResultCount {
  rule: string;
  /** Null for a rule that the version no longer has. */
  verdict: Verdict | null;
  sentence: string;
  yes: number | null;
  no: number | null;
}

/**
 * The results with a count that may be shown, those that were no answer most often first. A count is shown from five
 * on: a smaller one could tell who it was.
 */
export function shownResultCounts(
  counts: readonly ResultCount[],
  { rules, words }: OwnWords & { rules: readonly Rule[] },
): ShownResultCount[] {
  const shown = (count: number) => (count >= SMALLEST_SHOWN ? count : null);
  return counts
    .map(({ rule: id, yes, no }) => {
      const rule = rules.find((one) => one.id === id);
      const sentence = rule ? (rule.says ?? resultWords({ words }, rule.verdict)) : id;
      return { rule: id, verdict: rule?.verdict ?? null, sentence, yes: shown(yes), no: shown(no) };
    })
    .filter(({ yes, no }) => yes !== null || no !== null)
    .sort((a, b) => (b.no ?? 0) - (a.no ?? 0) || (b.yes ?? 0) - (a.yes ?? 0) || (a.rule < b.rule ? -1 : 1));
}
