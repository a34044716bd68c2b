/**
 * What is offered beside a result, apart from the duties: it follows from the answers and from what the policy serves,
 * so that nothing is offered which the answers rule out.
 */
import type { KnownAnswer, Signpost } from "#domain/policy/policy/known-answer.ts";
import { tallyOf, type DecisionTable } from "./decision-table.ts";
import type { Feature } from "./feature.ts";
import type { Answers, Rule } from "./rule-file.ts";
import { isPermission, type Verdict } from "./verdict.ts";
import { decide } from "./decide.ts";

export interface ResultOffers {
  /** To capture what was sent as a record. */
  mayCapture: boolean;
  /** To ask for a group on the register. */
  mayRegister: boolean;
}

interface Result {
  answers: Answers;
  rule: Rule;
  /** Statements of the sources, and the features that serve them. */
  served: Readonly<Record<string, Feature>>;
  /** The answer that it is a group on the register; null if the content names none. */
  group: KnownAnswer | null;
}

/** Verdicts after which there may be a message: what must not be sent leaves nothing to keep. */
const SENDABLE: readonly Verdict[] = ["allowed", "with-care", "discouraged"];

/** What is offered beside a result of this table. */
export function offersOf(table: DecisionTable, { answers, rule, served, group }: Result): ResultOffers {
  const obligations = [...table.obligations.values()];
  const isServed = [...Object.values(served), ...obligations.map(({ feature }) => feature)].includes("records");
  const asksForGroup = rule.obligations.some((id) => table.obligations.get(id)?.feature === "groups");
  return {
    mayCapture: isServed && SENDABLE.includes(rule.verdict),
    mayRegister: group !== null && (asksForGroup || (!isPermission(rule.verdict) && groupHelps(table, answers, group))),
  };
}

/** Whether the same could be sent in a group on the register. */
function groupHelps(table: DecisionTable, answers: Answers, { fact, answer }: KnownAnswer): boolean {
  const known = table.facts.find(({ name }) => name === fact);
  if (!known?.answers.includes(answer) || answers[fact] === answer) return false;
  const rules = [...tallyOf(table, { ...answers, [fact]: answer }).keys()].map((at) => table.rules[at]);
  return rules.some((rule) => rule !== undefined && isPermission(rule.verdict));
}

// Signposts, messages that point to something sent another way: when a policy allows one, and instead of which message (S3.38, S3.39).

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
