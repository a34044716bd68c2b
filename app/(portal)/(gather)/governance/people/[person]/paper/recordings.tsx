import { ANSWER_WORDS } from "#app/_portal/answer-words.ts";
import { Moment } from "#app/_portal/moment.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { ListedText, UserText } from "#app/_ui/user-text.tsx";
import { VisuallyHidden } from "#app/_ui/visually-hidden.tsx";
import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import type { PaperRecording } from "#server/policy/acknowledgement/queries.ts";

type RecordingsProps = { recordings: readonly PaperRecording[]; personId: string; slug: string };

/** What was recorded from paper before, withdrawn ones too; each that stands with a link to withdraw it. */
export function Recordings({ recordings, personId, slug }: RecordingsProps) {
  if (recordings.length === 0) return null;
  return (
    <Stack as="section">
      <h2>What was recorded</h2>
      <DataTable
        caption="Recorded from paper, the newest first"
        captionHidden
        columns={{
          Reference: (one) => one.reference,
          Answer: (one) =>
            `${ANSWER_WORDS[one.answer]} version ${one.version} on ${dateInWords(calendarDay(one.givenAt))}`,
          "The paper": (one) => <ListedText>{`${one.place}\n${one.why}`}</ListedText>,
          Recorded: (one) => (
            <>
              {one.recordedBy}, <Moment at={one.recordedAt} />
            </>
          ),
          "If it is wrong": (one) =>
            one.withdrawn ? (
              <Withdrawn withdrawn={one.withdrawn} />
            ) : (
              <Link href={`/governance/people/${personId}/paper/${one.reference}?policy=${slug}`}>
                Withdraw<VisuallyHidden> {one.reference}</VisuallyHidden>
              </Link>
            ),
        }}
        rows={recordings}
      />
    </Stack>
  );
}

function Withdrawn({ withdrawn: { by, at, because } }: { withdrawn: NonNullable<PaperRecording["withdrawn"]> }) {
  return (
    <>
      Withdrawn by {by}, <Moment at={at} />
      <UserText>{because}</UserText>
    </>
  );
}
