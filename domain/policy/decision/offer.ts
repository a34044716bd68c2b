/**
 * What is offered beside a result, apart from the duties: it follows from the answers and from what the policy serves,
 * so that nothing is offered which the answers rule out.
 */
import type { KnownAnswer } from "#domain/policy/policy/known-answer.ts";
import { tallyOf, type DecisionTable } from "./decision-table.ts";
import type { Answers } from "./fault.ts";
import type { Feature } from "./feature.ts";
import type { Rule } from "./rule-file.ts";
import { isPermission, type Verdict } from "./verdict.ts";

export interface ResultOffers {
  /** To capture what was sent as a record. */
  mayCapture: boolean;
  /** To ask for a group on the register. */
  mayRegister: boolean;
}

interface Result {
  answers: Answers;
  /** The rule that decided. */
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
