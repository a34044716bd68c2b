import { Stack } from "#app/_ui/stack.tsx";
import { summariseChanges } from "#domain/policy/decision/difference.ts";
import { changeSentence, decidingSentence } from "#domain/policy/policy/change-sentence.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { answerWords, questionFor } from "#domain/policy/policy/wording.ts";
import type { PolicyChanges } from "#server/policy/policy/change-queries.ts";

/** What one may now do, or no longer, in a few sentences; nothing if no answer and no question changes. */
export function ChangesForPeople({ changes: { from, to, outcomes } }: { changes: PolicyChanges }) {
  const versions = [to.version, from.version];
  const sentences = [
    ...outcomes.deciding.map((one) => decidingSentence(one, versions)),
    ...summariseChanges(outcomes).map((line) => changeSentence(line, versions)),
    ...outcomes.questions.map(({ fact, answer, change }) =>
      questionInWords(change === "added" ? to.version : from.version, { fact, answer, change }),
    ),
  ];
  const isTooMuch = outcomes.verdicts.some(({ groups }) => groups.length === 0);
  if (sentences.length === 0 && !isTooMuch) return null;
  return (
    <Stack as="section">
      <h2 id="people">What changes for you</h2>
      <ul>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {isTooMuch && <p>Some changes touch too many different situations to list here.</p>}
    </Stack>
  );
}

type QuestionChanged = PolicyChanges["outcomes"]["questions"][number];

function questionInWords(version: PolicyVersion, { fact, answer, change }: QuestionChanged): string {
  const question = questionFor(version, fact);
  if (answer === null)
    return change === "added" ? `A new question: “${question.ask}”` : `No longer asked: “${question.ask}”`;
  const { label } = answerWords(question, answer);
  return change === "added"
    ? `“${label}” is a new answer to “${question.ask}”`
    : `“${label}” is no longer an answer to “${question.ask}”`;
}
