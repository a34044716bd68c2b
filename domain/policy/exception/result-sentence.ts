/** The headline of a result (a receipt keeps it as shown). */
import { dateInWords, lastDay } from "#domain/base/calendar/calendar.ts";
import type { Rule } from "#domain/policy/decision/rule-file.ts";
import { isPermission, resultWords, type OwnWords } from "#domain/policy/decision/verdict.ts";
import type { GrantedException } from "./coverage.ts";

/** What is added to a verdict that an exception can change. */
export const UNLESS = "unless an exception is approved";

export interface ResultContext {
  /** The exception under which the rule decides. */
  exception?: GrantedException | undefined;
  /** Facts in the rule's conditions that nobody was asked about: its own sentence could then be about somebody else. */
  unsaid?: readonly string[];
  /** Whether an exception can change the answer. */
  canBeLifted?: boolean;
  /** The policy's own words. */
  words?: OwnWords["words"];
}

/** The exception that allows it, otherwise the rule's own sentence, otherwise the verdict's. */
export function resultSentence(rule: Rule, { exception, unsaid = [], canBeLifted, words }: ResultContext = {}): string {
  if (exception && isPermission(rule.verdict))
    return `Allowed under ${exception.reference} until ${dateInWords(lastDay(exception.endsAt))}.`;
  const sentence = (unsaid.length === 0 && rule.says) || resultWords({ words }, rule.verdict);
  return canBeLifted && rule.verdict === "never" ? withUnless(sentence) : sentence;
}

/** "Do not send it. Files stay out." → "Do not send it, unless an exception is approved. Files stay out." */
function withUnless(sentence: string): string {
  const end = sentence.search(/[.!](\s|$)/);
  return end < 0 ? `${sentence}, ${UNLESS}` : `${sentence.slice(0, end)}, ${UNLESS}${sentence.slice(end)}`;
}
