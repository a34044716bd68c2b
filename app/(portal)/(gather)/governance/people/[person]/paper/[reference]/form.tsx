import { ANSWER_WORDS } from "#app/_portal/answer-words.ts";
import { text } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, formsPage } from "#app/_portal/form/form.tsx";
import { NotReached } from "#app/_portal/not-reached.tsx";
import { Moment } from "#app/_portal/portal-page.tsx";
import { Banner, SummaryList, UserText } from "#app/_ui/content.tsx";
import { LONGEST_PAPER_REASON, paperDayInWords } from "#domain/policy/acknowledgement/paper-answer.ts";
import { getPaperRecording, type PaperRecording } from "#server/policy/acknowledgement/queries.ts";
import { withdrawPaperAnswer } from "#server/policy/acknowledgement/service.ts";

const paperPath = (personId: string, query: Readonly<Record<string, string>>) =>
  `/governance/people/${encodeURIComponent(personId)}/paper?${new URLSearchParams(query)}`;

/** One answer that was recorded from paper, to withdraw it. */
export const page = definePage({
  path: "/governance/people/[person]/paper/[reference]",
  reference: "ACK",
  read: ({ actor, params }) => getPaperRecording(actor, params.person, params.reference),
  heading: "Withdraw what was recorded from paper",
  kicker: ({ view }) => `${view.title} · ${view.recording.reference}`,
  back: ({ view: { person, recording } }) => ({
    href: paperPath(person.id, { policy: recording.policy }),
    label: `What ${person.name} answered on paper`,
  }),
  intro: ({ actor, view: { person, recording } }) => (
    <>
      <NotReached actor={actor} href={`/acknowledgements/${recording.reference}`} />
      {recording.withdrawn && (
        <Banner title="It is withdrawn">
          <p>
            By {recording.withdrawn.by}, <Moment at={recording.withdrawn.at} />: {recording.withdrawn.because}
          </p>
        </Banner>
      )}
      <RecordingRows name={person.name} recording={recording} />
    </>
  ),
});

/** Takes it out of the answers, with the reason. */
export const form = defineForm(page, {
  fields: {
    because: text("What was wrong?", {
      hint: `They are asked again, and told. It stays on record as withdrawn. Up to ${LONGEST_PAPER_REASON.toLocaleString("en-GB")} characters.`,
      lines: 3,
    }),
  },
  button: "Withdraw the recording",
  submit: ({ actor, params, values: { because } }) =>
    withdrawPaperAnswer(actor, params.person, { reference: params.reference, because }),
  async done(_, { actor, params }) {
    const found = await getPaperRecording(actor, params.person, params.reference);
    return paperPath(params.person, { policy: found?.recording.policy ?? "", done: params.reference });
  },
});

function RecordingRows({ name, recording }: { name: string; recording: PaperRecording }) {
  const { answer, version, givenAt, recordedBy, recordedAt, place, why } = recording;
  return (
    <SummaryList
      rows={[
        { term: "Person", value: name },
        { term: "Answer", value: `${ANSWER_WORDS[answer]} version ${version}` },
        { term: "Given on", value: paperDayInWords(givenAt) },
        {
          term: "Recorded by",
          value: (
            <>
              {recordedBy}, <Moment at={recordedAt} />
            </>
          ),
        },
        { term: "The paper is kept", value: <UserText>{place}</UserText> },
        { term: "Why on paper", value: <UserText>{why}</UserText> },
      ]}
    />
  );
}

export const { generateMetadata, Page, GET, POST } = formsPage(page, [form], (shown) =>
  shown.view.recording.withdrawn ? null : form.show(shown),
);
