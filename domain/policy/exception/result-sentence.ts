/** The headline of a result (a receipt keeps it as shown). */
import { dateInWords, lastDay } from "#domain/base/calendar/calendar.ts";
import type { Rule } from "#domain/policy/decision/rule-file.ts";
import { isPermission, RESULT_SENTENCES } from "#domain/policy/decision/verdict.ts";
import type { GrantedException } from "./coverage.ts";

/**
 * The exception that allows it, otherwise the rule's own sentence, otherwise the verdict's.
 * @param unsaid facts in the rule's conditions that nobody was asked about: its own sentence could then be about
 * somebody else
 */
export function resultSentence(rule: Rule, exception?: GrantedException, unsaid: readonly string[] = []): string {
  if (exception && isPermission(rule.verdict))
    return `Allowed under ${exception.reference} until ${dateInWords(lastDay(exception.endsAt))}.`;
  return (unsaid.length === 0 && rule.says) || RESULT_SENTENCES[rule.verdict];
}
