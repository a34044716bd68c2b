import { ANSWER_WORDS } from "#app/_portal/answer-words.ts";
import { Moment } from "#app/_portal/moment.tsx";
import { BackLink } from "#app/_ui/back-link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import { paperDayInWords } from "#domain/policy/acknowledgement/paper-answer.ts";
import type { PaperRecording } from "#server/policy/acknowledgement/queries.ts";

export const WITHDRAWN = "This recording was withdrawn";

/** What was recorded from paper for the reader by mistake: it is no answer of theirs. */
export function WithdrawnAnswer({ recording }: { recording: PaperRecording }) {
  const { reference, answer, version, givenAt, recordedBy, recordedAt, withdrawn } = recording;
  return (
    <Stack gap="loose">
      <BackLink href="/acknowledgements">Your acknowledgements</BackLink>
      <PageHeading kicker={reference}>{WITHDRAWN}</PageHeading>
      <p>It does not count as your answer. Your acknowledgements say whether you are asked to answer.</p>
      <SummaryList
        rows={[
          { term: "It said", value: `${ANSWER_WORDS[answer]} version ${version}, ${paperDayInWords(givenAt)}` },
          {
            term: "Recorded by",
            value: (
              <>
                {recordedBy}, <Moment at={recordedAt} />
              </>
            ),
          },
          ...(withdrawn
            ? [
                {
                  term: "Withdrawn by",
                  value: (
                    <>
                      {withdrawn.by}, <Moment at={withdrawn.at} />
                    </>
                  ),
                },
                { term: "What was wrong", value: <UserText>{withdrawn.because}</UserText> },
              ]
            : []),
        ]}
      />
    </Stack>
  );
}
