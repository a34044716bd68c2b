import { framedPage } from "#app/_portal/form/form.tsx";
import { answerMoment, GivenOn } from "#app/_portal/given-on.tsx";
import { ANSWER_WORDS } from "#app/_portal/answer-words.ts";
import { Moment } from "#app/_portal/portal-page.tsx";
import { Link, PageSection } from "#app/_ui/layout.tsx";
import { Banner, DataTable, ListedText, UserText } from "#app/_ui/content.tsx";
import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import type { PaperPage, PaperRecording } from "#server/policy/acknowledgement/queries.ts";
import { form, page } from "./form.tsx";

const { generateMetadata, Page } = framedPage(page, (shown) => {
  const { view, query } = shown;
  const { standing, recordings, person, slug } = view;
  const done = recordings.find(({ reference }) => reference === query["done"]);
  return (
    <>
      {done && (
        <Banner title={done.withdrawn ? "The recording is withdrawn" : `It is recorded as ${done.reference}`}>
          <p>{person.name} is told.</p>
        </Banner>
      )}
      <Standing view={view} />
      {standing.kind !== "accepted" && !person.hasLeft && (
        <PageSection title="Record an answer">
          <p>
            Record what is on a paper that they signed. They are told that you recorded it. Situations that are asked in
            the portal before somebody accepts are not asked on paper, and their certificate says so.
          </p>
          {form.show(shown)}
        </PageSection>
      )}
      <Recordings recordings={recordings} personId={person.id} slug={slug} />
    </>
  );
});

export { generateMetadata, Page as default };

function Standing({ view: { standing, person } }: { view: PaperPage }) {
  if (person.hasLeft) return <p>{person.name} has left. Nothing can be recorded for them any more.</p>;
  if (standing.kind === "outstanding")
    return <p>{standing.earlier ? "They declined, and have had a reply." : "They have not answered it yet."}</p>;
  const { answer, version } = standing.given;
  return (
    <p>
      {person.name} {answer} version {version} on <GivenOn {...answerMoment(standing.given)} />.{" "}
      {answer === "accepted"
        ? "An acceptance is final for its version."
        : "Nobody has replied yet. They can still accept."}
    </p>
  );
}

type RecordingsProps = { recordings: readonly PaperRecording[]; personId: string; slug: string };

/** What was recorded from paper before, withdrawn ones too; each that stands with a link to withdraw it. */
function Recordings({ recordings, personId, slug }: RecordingsProps) {
  if (recordings.length === 0) return null;
  return (
    <PageSection title="What was recorded">
      <DataTable
        caption="Recorded from paper, the newest first"
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
              <>
                Withdrawn by {one.withdrawn.by}, <Moment at={one.withdrawn.at} />
                <UserText>{one.withdrawn.because}</UserText>
              </>
            ) : (
              <Link
                href={`/governance/people/${personId}/paper/${one.reference}?policy=${slug}`}
                about={` ${one.reference}`}
              >
                Withdraw
              </Link>
            ),
        }}
        rows={recordings}
      />
    </PageSection>
  );
}
