import { choice, current, date, openChoice, text } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, formsPage, lastOf, wholeQuery } from "#app/_portal/form/form.tsx";
import { dayOf } from "#domain/base/form/form-values.ts";
import { LONGEST_DECLINE_REASON } from "#domain/policy/acknowledgement/acknowledgement.ts";
import { LONGEST_PAPER_PLACE, LONGEST_PAPER_REASON } from "#domain/policy/acknowledgement/paper-answer.ts";
import { getPaperPage, type PaperPage, type PaperRecording } from "#server/policy/acknowledgement/queries.ts";
import { recordPaperAnswer } from "#server/policy/acknowledgement/service.ts";
import { answerMoment, GivenOn } from "#app/_portal/given-on.tsx";
import { ANSWER_WORDS } from "#app/_portal/answer-words.ts";
import { Moment } from "#app/_portal/portal-page.tsx";
import { Link, PageSection } from "#app/_ui/layout.tsx";
import { Banner, DataTable, ListedText, UserText } from "#app/_ui/content.tsx";
import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";

const upTo = (most: number) => `Up to ${most.toLocaleString("en-GB")} characters.`;

/** What somebody answered to a policy on paper: `?policy=` names it. For officers and policy owners, never their own. */
export const page = definePage({
  path: "/governance/people/[person]/paper",
  suffix: wholeQuery,
  read: ({ actor, params, query }) => getPaperPage(actor, params.person, lastOf(query, "policy")),
  heading: ({ view }) => `What ${view.person.name} answered on paper`,
  kicker: ({ view }) => `${view.title}, version ${view.current.version} · ${view.person.email}`,
  back: ({ view }) => ({ href: `/governance/people?policy=${view.slug}`, label: "Who has answered, by name" }),
});

/** Records it. The form carries the version that its page showed as the current one. */
export const form = defineForm(page, {
  fields: {
    policy: current(),
    version: current(),
    hash: current(),
    on: openChoice("Which version does the paper name?"),
    answer: choice("What did they answer?", {
      accepted: "They accepted it",
      not_understood: "They declined: they do not understand it",
      cannot_agree: "They declined: they cannot agree to it",
    }),
    reason: text("What did they write?", {
      hint: `Only if they declined. It goes to whoever answers declines. ${upTo(LONGEST_DECLINE_REASON)}`,
      lines: 4,
    }),
    day: date("Which day is on the paper?", "the day on the paper"),
    place: text("Where is the signed paper kept?", {
      hint: `For example a file and its number. ${upTo(LONGEST_PAPER_PLACE)}`,
    }),
    why: text("Why was it on paper?", {
      hint: `For example: no device at work. Nothing about their health. ${upTo(LONGEST_PAPER_REASON)}`,
      lines: 2,
    }),
  },
  stored: ({ view: { slug, current: shown, versions } }) => ({
    policy: slug,
    version: shown.version,
    hash: shown.hash,
    on: versions.length === 1 ? shown.version : "",
  }),
  body: ({ view, field }) => (
    <>
      {field("on", { options: versionOptions(view) })}
      {field("answer")}
      {field("reason")}
      {field("day")}
      {field("place")}
      {field("why")}
    </>
  ),
  button: "Record it",
  async submit({ actor, params, values: { policy: slug, day, answer, ...typed } }) {
    const sent = { ...typed, slug, answer: answer ?? "", day: dayOf(day) ?? "" };
    const result = await recordPaperAnswer(actor, params.person, sent);
    if (day.kind !== "wrong" || result.code !== "invalid") return result;
    const { message } = day;
    return { ...result, problems: result.problems.map((one) => (one.field === "day" ? { ...one, message } : one)) };
  },
  done: ({ reference }, { params, values: { policy } }) =>
    `/governance/people/${encodeURIComponent(params.person)}/paper?${new URLSearchParams({ policy, done: reference })}`,
});

function versionOptions({ versions, current: shown }: PaperPage) {
  const words = (version: string) => (version === shown.version ? "" : ", which still counts");
  return Object.fromEntries(versions.map(({ version }) => [version, `Version ${version}${words(version)}`]));
}

export const { generateMetadata, Page, GET, POST } = formsPage(page, [form], (shown) => {
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
const Recordings = ({ recordings, personId, slug }: RecordingsProps) =>
  recordings.length === 0 ? null : (
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
