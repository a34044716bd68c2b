import { Link } from "../_ui/layout.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import type { Answers } from "#domain/policy/decision/rule-file.ts";
import { verdictWord } from "#domain/policy/decision/verdict.ts";
import { writeQuery } from "#domain/policy/decision/wizard.ts";
import { nextChangeIn } from "#domain/policy/policy/on-day.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";

type Props = {
  version: PolicyVersion;
  /** To every fact that decides, also those that nobody was asked about. */
  answers: Answers;
  /** Those that stand in an address of the check. */
  asked: Answers;
};

/** When this answer changes by the rules of the version, and to what: nothing where it never does. */
export function AnswerUntil({ version, answers, asked }: Props) {
  const change = nextChangeIn(version, answers);
  if (!change) return null;
  const then = change.rule ? `“${verdictWord(version, change.rule.verdict)}”` : "another one";
  return (
    <p>
      <strong>{`This applies until ${dateInWords(change.until)}.`}</strong>
      {` From ${dateInWords(change.from)} the answer is ${then}. `}
      <Link href={`/check?${writeQuery(version.slug, { ...asked, on: change.from })}`} className="no-print">
        See that answer
      </Link>
    </p>
  );
}
