import { Banner, SummaryList } from "#app/_ui/content.tsx";
import { Stack } from "#app/_ui/layout.tsx";
import { resultWords } from "#domain/policy/decision/verdict.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { answerWords, questionFor } from "#domain/policy/policy/wording.ts";
import { CHOICE_WORDS, type CheckSituation } from "#domain/policy/understanding/check-situation.ts";
import { verdictFrom } from "#domain/policy/understanding/reading.ts";
import { QuotedClauses, situationInWords } from "../_exception/request-parts.tsx";

/** A situation in the words in which the check asks for it. */
export const SituationAsked = ({ version, situation }: { version: PolicyVersion; situation: CheckSituation }) => (
  <SummaryList
    rows={Object.entries(situation.answers).map(([name, answer]) => {
      const question = questionFor(version, name);
      return { term: question.ask, value: answerWords(question, answer).label };
    })}
  />
);

type AnsweredSituationProps = {
  version: PolicyVersion;
  situation: CheckSituation;
  /** The verdict that was chosen. */
  chosen: string | null;
};

/** A situation that was answered: what the policy says, the clauses, and what makes the difference where it was wrong. */
export function AnsweredSituation({ version, situation, chosen }: AnsweredSituationProps) {
  const { answers, rule, neighbours } = situation;
  const verdict = verdictFrom(chosen);
  const isRight = verdict === rule.verdict;
  const near = neighbours.find((one) => one.verdict === verdict);
  return (
    <Stack>
      <Banner
        tone={isRight ? "info" : "warning"}
        title={isRight ? "That is what the policy says" : "The policy says something else"}
        headingLevel={3}
      >
        <p>{situationInWords(version, answers)}</p>
        <p>
          The answer is “{CHOICE_WORDS[rule.verdict]}”: {rule.says ?? resultWords(version, rule.verdict)}
        </p>
        {near && (
          <p>
            “{CHOICE_WORDS[near.verdict]}” would be right if{" "}
            {answerWords(questionFor(version, near.fact), near.answer).when}.
          </p>
        )}
      </Banner>
      <QuotedClauses policy={version.slug} version={version} clauses={rule.because} />
    </Stack>
  );
}
