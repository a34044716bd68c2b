import type { WizardQuery, WizardStep } from "#domain/policy/decision/wizard.ts";
import { canBeLifted } from "#domain/policy/exception/effect.ts";
import { resultSentence } from "#domain/policy/exception/result-sentence.ts";
import type { DecidingTable } from "#server/answers/known-answer/queries.ts";
import type { ReadablePolicy } from "#server/policy/policy/queries.ts";

interface Answered {
  policy: ReadablePolicy;
  /** With the table as published. */
  published: ReadablePolicy;
  own: DecidingTable;
  query: WizardQuery;
}

/** What a result says, on its page and in its title. */
export function resultHeadline(
  { policy, published, own, query }: Answered,
  { rule, path, unsaid }: Extract<WizardStep, { kind: "result" }>,
): string {
  const situation = Object.fromEntries(Object.entries(query.answers).filter(([name]) => path.includes(name)));
  const isLiftable = policy.isMine && canBeLifted(published.version, situation);
  return resultSentence(rule, {
    exception: own.exceptionFor(rule),
    unsaid,
    canBeLifted: isLiftable,
    words: policy.version.words,
  });
}
