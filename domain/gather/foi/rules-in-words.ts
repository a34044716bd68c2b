/**
 * A decision table for somebody without a portal: each rule in sentences, in the order in which the rules are tried.
 */
import { verdictWord } from "#domain/policy/decision/verdict.ts";
import { obligationsOf } from "#domain/policy/policy/explain.ts";
import { clauseById, type PolicyVersion } from "#domain/policy/policy/policy.ts";
import { situationsInWords } from "#domain/policy/policy/wording.ts";

export type RuleInWords = ReturnType<typeof rulesInWords>[number];

/**
 * All rules of a version; the first that fits a situation decides it. `when` reads well after "if", and is null for a
 * rule that takes every remaining case.
 */
export const rulesInWords = (version: PolicyVersion) =>
  version.table.rules.map((rule) => ({
    id: rule.id,
    verdict: rule.verdict,
    verdictWord: verdictWord(version, rule.verdict),
    when: situationsInWords(rule.when, [version]),
    says: rule.says ?? null,
    because: rule.because.map((id) => ({ clause: id, text: clauseById(version, id).text })),
    obligations: obligationsOf(version, rule).map(({ text, clause }) => ({ text, clause })),
    instead: rule.instead,
  }));
