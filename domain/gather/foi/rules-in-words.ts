/**
 * A decision table for somebody without a portal: each rule in sentences, in the order in which the rules are tried.
 */
import { verdictWord, type Verdict } from "#domain/policy/decision/verdict.ts";
import { obligationsOf } from "#domain/policy/policy/explain.ts";
import { clauseById, type PolicyVersion } from "#domain/policy/policy/policy.ts";
import { situationsInWords } from "#domain/policy/policy/wording.ts";

export interface RuleInWords {
  /** The rule's id in rules.yaml. */
  id: string;
  verdict: Verdict;
  /** The policy's word for it. */
  verdictWord: string;
  /** Reads well after "if"; null for a rule that takes every remaining case. */
  when: string | null;
  says: string | null;
  because: { clause: string; text: string }[];
  obligations: { text: string; clause: string }[];
  instead: readonly string[];
}

/** All rules of a version; the first that fits a situation decides it. */
export function rulesInWords(version: PolicyVersion): RuleInWords[] {
  return version.table.rules.map((rule) => ({
    id: rule.id,
    verdict: rule.verdict,
    verdictWord: verdictWord(version, rule.verdict),
    when: situationsInWords(rule.when, [version]),
    says: rule.says ?? null,
    because: rule.because.map((id) => ({ clause: id, text: clauseById(version, id).text })),
    obligations: obligationsOf(version, rule).map(({ text, clause }) => ({ text, clause })),
    instead: rule.instead,
  }));
}
