import { dateInWords } from "#domain/base/calendar/calendar.ts";
import type { Answers } from "#domain/policy/decision/fault.ts";
import { nextChangeIn } from "#domain/policy/policy/on-day.ts";
import { verdictWord } from "#domain/policy/decision/verdict.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";

/** When this answer changes by the rules of the version, and to what: nothing where it never does. */
export function AnswerUntil({ version, answers }: { version: PolicyVersion; answers: Answers }) {
  const change = nextChangeIn(version, answers);
  if (!change) return null;
  const then = change.rule ? `“${verdictWord(version, change.rule.verdict)}”` : "another one";
  return (
    <p>
      <strong>{`This holds until ${dateInWords(change.until)}.`}</strong>
      {` From ${dateInWords(change.from)} the answer is ${then}.`}
    </p>
  );
}
