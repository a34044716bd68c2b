/**
 * Signposts, messages that point to something sent another way: when a policy allows one, and instead of which message
 * (S3.38, S3.39).
 */
import type { Signpost } from "#domain/policy/policy/known-answer.ts";
import { decide } from "./decide.ts";
import { tallyOf, type DecisionTable } from "./decision-table.ts";
import type { Answers } from "./fault.ts";
import { isPermission, type Verdict } from "./verdict.ts";

export type SignpostOffer =
  /** The message is a signpost, and may be sent. */
  | { kind: "this" }
  /**
   * The message may not be sent, but a signpost to it may be. `isCertain`: regardless of other answers; if false, that
   * depends on more questions. `answers`: the signpost's situation, as far as it is known.
   */
  | { kind: "instead"; isCertain: boolean; answers: Answers };

/**
 * @param answers of the message in question, for which `verdict` was given
 * @returns null if the policy allows no signpost in this situation, or none is needed
 */
export function signpostOffer(
  table: DecisionTable,
  signpost: Signpost,
  answers: Answers,
  verdict: Verdict,
): SignpostOffer | null {
  if (answers[signpost.fact] === signpost.answer) return isPermission(verdict) ? { kind: "this" } : null;
  if (isPermission(verdict) || verdict === "not-covered") return null;
  const target: Answers = { ...signpost.with, [signpost.fact]: signpost.answer };
  const isIn = (fact: string, answer: string | undefined) =>
    table.facts.some(
      ({ name, answers: possible }) => name === fact && answer !== undefined && possible.includes(answer),
    );
  if (!isIn(signpost.fact, signpost.answer)) return null;
  const situation = Object.fromEntries(
    table.facts.flatMap(({ name }): [string, string][] => {
      const answer = target[name] ?? (signpost.keep.includes(name) ? answers[name] : undefined);
      return answer !== undefined && isIn(name, answer) ? [[name, answer]] : [];
    }),
  );
  const decision = decide(table, situation);
  if (decision.settled)
    return isPermission(decision.rule.verdict) ? { kind: "instead", isCertain: true, answers: situation } : null;
  const open = [...tallyOf(table, situation).keys()].map((at) => table.rules[at]);
  const permitting = open.filter((rule) => rule !== undefined && isPermission(rule.verdict));
  if (permitting.length === 0) return null;
  return { kind: "instead", isCertain: permitting.length === open.length, answers: situation };
}
