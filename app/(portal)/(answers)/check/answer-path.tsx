import { VerdictWord } from "#app/(portal)/(policy)/_verdict/verdict-word.tsx";
import { LinkLine } from "#app/_ui/link.tsx";
import type { DecisionTable } from "#domain/policy/decision/decision-table.ts";
import type { Answers } from "#domain/policy/decision/fault.ts";
import type { Rule } from "#domain/policy/decision/rule-file.ts";
import { answerPath } from "#domain/policy/decision/wizard.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { inOneSentence, questionFor, answerWords } from "#domain/policy/policy/wording.ts";
import { mapAddress } from "#app/(portal)/(policy)/policies/[slug]/version-address.ts";

type Props = {
  /** With the table that decides for the reader. */
  version: PolicyVersion & { readonly table: DecisionTable };
  answers: Answers;
  path: readonly string[];
  rule: Rule;
  /** What the portal looked up, if that counted. */
  lookedUp: string | null;
};

/** How the reader got to this answer, question by question, and where the other answers would have led. */
export function WayToHere({ version, answers, path, rule, lookedUp }: Props) {
  const steps = answerPath(version.table, answers, path);
  if (steps.length === 0) return null;
  return (
    <section className="space-y-3">
      <h2 className="text-body">How you got this answer</h2>
      <ol className="list-none space-y-4 border-s-4 border-ink ps-4">
        {steps.map(({ fact, answer, others }) => {
          const question = questionFor(version, fact);
          const labels = (some: readonly string[]) =>
            some.length > MOST_NAMED
              ? `${some.length} other answers`
              : inOneSentence(
                  some.map((one) => answerWords(question, one).label),
                  "or",
                );
          return (
            <li key={fact}>
              {question.ask} <strong>{answerWords(question, answer).label}</strong>
              <ul className="text-small text-soft">
                {others.map(({ verdict, answers: some }) => (
                  <li key={verdict ?? "more"}>
                    {labels(some)}:{" "}
                    {verdict ? <VerdictWord verdict={verdict} words={version.words} /> : "more questions"}
                  </li>
                ))}
              </ul>
            </li>
          );
        })}
        {lookedUp && <li>Approved exception, looked up by With Care: {lookedUp}</li>}
        <li>
          <VerdictWord verdict={rule.verdict} words={version.words} />
        </li>
      </ol>
      <LinkLine
        onPaper={false}
        href={mapAddress(version, Object.fromEntries(path.map((name) => [name, answers[name] ?? ""])))}
      >
        See these answers on the map of all questions
      </LinkLine>
    </section>
  );
}

/** If there are more answers than this, they are only counted. */
const MOST_NAMED = 3;
