import { current, custom, openChoice, text } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, FormPage, refused, showPage } from "#app/_portal/form/form.tsx";
import { STATUS_WORDS } from "#app/_portal/status-words.ts";
import { RadioQuestion } from "#app/_ui/fields.tsx";
import {
  DECLINE_GROUNDS,
  type GivenAnswer,
  GROUND_WORDS,
  LONGEST_DECLINE_REASON,
} from "#domain/policy/acknowledgement/acknowledgement.ts";
import { CHOICE_WORDS } from "#domain/policy/understanding/check-situation.ts";
import { dateInWords, timeOfDay } from "#domain/base/calendar/calendar.ts";
import { getOwnStanding, type OwnStanding } from "#server/policy/acknowledgement/queries.ts";
import { acknowledgePolicy } from "#server/policy/acknowledgement/service.ts";
import { getChangesSinceOwn } from "#server/policy/policy/change-queries.ts";
import { beginReading, takeAnswer } from "#server/policy/understanding/service.ts";
import { answerMoment, GivenOn } from "#app/_portal/given-on.tsx";
import { OwnHolds } from "#app/_portal/own-holds.tsx";
import { Lines, Link, LinkLine, PageSection, Panel, Stack } from "#app/_ui/layout.tsx";
import { ChangesInShort } from "../changes/changes-in-short.tsx";
import { Moment } from "#app/_portal/portal-page.tsx";
import { Banner, UserText } from "#app/_ui/content.tsx";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { acceptableFrom, type OpenReading } from "#domain/policy/understanding/reading.ts";
import { AnsweredSituation, SituationAsked } from "../../../_situation/situation-asked.tsx";

const SUPERSEDED =
  "Another version has taken the place of the one you saw. Your answer was not recorded. Read this version, then answer it. Any reason you wrote is kept.";

/** What the reader is asked to accept, in which version; or the answer they gave. */
export const page = definePage({
  path: "/policies/[slug]/acknowledge",
  async read({ actor, params }) {
    const own = await getOwnStanding(actor, params.slug);
    if (!own) return null;
    const { kind } = own.standing;
    return {
      ...own,
      since: kind === "outstanding" ? await getChangesSinceOwn(actor, own.slug) : null,
      reading: kind === "accepted" ? null : await beginReading(actor, own.version),
    };
  },
  heading: ({ view }) => `Your answer to “${view.version.frontMatter.title}”`,
  back: ({ view }) => ({ href: `/policies/${view.slug}`, label: "The policy" }),
  kicker: ({ view: { body, version } }) =>
    `${body.name} · version ${version.version} · ${STATUS_WORDS[version.frontMatter.status]} · fingerprint ${version.hash.slice(0, 12)}`,
});

/**
 * Accept or decline; after declining, people may accept at any time without waiting for the reply. The form
 * carries the version and hash that the page shows, so that it cannot answer for any other.
 */
export const form = defineForm(page, {
  fields: {
    version: current(),
    hash: current(),
    answer: custom((sent) => sent.text("answer")),
    reason: text("What do you not understand, or why can you not agree?", {
      hint: `Only if you do not accept. Up to ${LONGEST_DECLINE_REASON.toLocaleString("en-GB")} characters.`,
      lines: 4,
    }),
  },
  stored: ({ view: { version } }) => ({ version: version.version, hash: version.hash }),
  body({ view: { standing, version, due, reading }, formState, field }) {
    if (standing.kind === "declined") return <input type="hidden" name="answer" value="accepted" />;
    // The choice was made about one version and is not carried over to another, but what was written is.
    const isSameVersion = formState.value("hash") === version.hash;
    const isChosen = (answer: string) => isSameVersion && formState.isChosen("answer", answer);
    const hint = "It goes to whoever looks after the policy, who answers you. You are not reminded until then.";
    const declines = DECLINE_GROUNDS.map((ground) => ({
      value: ground,
      label: GROUND_WORDS[ground],
      hint,
      checked: isChosen(ground),
    }));
    const accepts = { value: "accepted", label: "I accept", checked: isChosen("accepted") };
    const mayAccept = !reading?.asking;
    return (
      <>
        <RadioQuestion
          name="answer"
          question={mayAccept ? `Do you accept version ${version.version}?` : "What is the problem?"}
          heading={false}
          help={
            <p className="text-small text-soft">
              {due === null ? "You do not have to answer it, but you can." : `Answer by ${dateInWords(due)}.`}
            </p>
          }
          error={formState.errorOf("answer")}
          options={mayAccept ? [accepts, ...declines] : declines}
        />
        {field("reason")}
      </>
    );
  },
  button: ({ view: { standing, version } }) =>
    standing.kind === "declined" ? `Accept version ${version.version} after all` : "Record my answer",
  submit: ({ actor, params, values }) => acknowledgePolicy(actor, { slug: params.slug, ...values }),
  done(result, { values }) {
    if (result.code === "superseded") return refused(SUPERSEDED);
    const wasAccepted = values.answer === "accepted";
    const isNew = result.code === "recorded" || (result.answer === "accepted") === wasAccepted;
    return `/acknowledgements/${result.reference}?${isNew ? "done" : "already"}=1`;
  },
});

/** One situation from the policy's own table. What is right stands nowhere on the page. */
export const situationForm = defineForm(page, {
  do: "situation",
  fields: { situation: current(), choice: openChoice("What does the policy say: may you?") },
  stored: ({ view: { reading } }) => ({ situation: reading?.asking?.asked.id }),
  body: ({ view: { reading }, field }) =>
    field("choice", {
      options: Object.fromEntries(
        (reading?.asking?.asked.choices ?? []).map((verdict) => [verdict, CHOICE_WORDS[verdict]]),
      ),
    }),
  button: "Answer",
  submit: ({ actor, params, values }) => takeAnswer(actor, { slug: params.slug, ...values }),
  done: (_, { path }) => `${path}#situations`,
});

export const { generateMetadata, Page } = showPage(page, (shown) => {
  const { actor, view: own } = shown;
  const { slug, version, standing, since, reading } = own;
  const asking = reading?.asking;
  const { status, summary, acknowledgement } = version.frontMatter;
  return (
    <FormPage definition={page.definition} shown={shown}>
      <OwnHolds actor={actor} beside={[...summary, acknowledgement].join(" ")} />
      {standing.kind === "accepted" && (
        <Banner title={`You accepted version ${standing.given.version}`}>
          <p>
            That was on <GivenOn {...answerMoment(standing.given)} />. You do not need to do anything.{" "}
            <Link href={`/acknowledgements/${standing.given.reference}`}>See your certificate</Link>
          </p>
        </Banner>
      )}
      {standing.kind === "declined" && (
        <Banner title={`You declined version ${standing.given.version}`}>
          <p>
            That was on <GivenOn {...answerMoment(standing.given)} />. Nobody has answered you yet. You can still
            accept. <Link href={`/acknowledgements/${standing.given.reference}`}>See what you wrote</Link>
          </p>
        </Banner>
      )}
      {standing.kind === "outstanding" && standing.earlier && <EarlierDecline own={own} earlier={standing.earlier} />}
      {status === "draft" && (
        <Banner tone="warning" title="This is a draft">
          <p>It is not in force. You answer it as a draft, and we ask you again when a version comes into force.</p>
        </Banner>
      )}
      {reading && <ReadingTime reading={reading} />}
      {since && (
        <Stack as="section">
          <ChangesInShort
            changes={since.changes}
            title={`What changed since you ${since.own} version ${since.changes.from.version.version}`}
          />
          <LinkLine href={`/policies/${slug}/changes`}>See every change</LinkLine>
        </Stack>
      )}
      <PageSection title="In short">
        <Lines lines={summary} />
        <p>
          <Link href={`/policies/${slug}`}>Read the whole policy</Link> before you answer.
        </p>
      </PageSection>
      <Panel title="What you are asked to accept">
        <p className="max-w-text whitespace-pre-line">{acknowledgement.trim()}</p>
      </Panel>
      {asking && (
        <WaitingSituation version={version} asking={asking}>
          {situationForm.show(shown)}
        </WaitingSituation>
      )}
      {asking && standing.kind === "outstanding" && (
        <PageSection title="If you do not understand it, or cannot agree">
          <p>Say so, without answering the situations.</p>
          {form.show(shown)}
        </PageSection>
      )}
      {!asking && standing.kind !== "accepted" && (
        <Stack as="section">
          {reading?.passedAt && <h2 id="situations">You have answered the situations correctly</h2>}
          {form.show(shown)}
        </Stack>
      )}
    </FormPage>
  );
});

/** What was replied to a decline, above the form that asks again. */
const EarlierDecline = ({ own: { reply }, earlier }: { own: OwnStanding; earlier: GivenAnswer }) => (
  <Banner title="Your decline was answered">
    {reply && <UserText>{reply}</UserText>}
    <p className="text-small text-soft">
      {earlier.repliedAt && <Moment at={earlier.repliedAt} />}.{" "}
      <Link href={`/acknowledgements/${earlier.reference}`}>See what you wrote</Link>
    </p>
  </Banner>
);

type SituationProps = { version: PolicyVersion; asking: NonNullable<OpenReading["asking"]>; children: React.ReactNode };

/** The situation that waits for an answer, after what the policy says of the one that was missed. The form is its child. */
const WaitingSituation = ({ version, asking: { asked, right, needed, missed, chosen }, children }: SituationProps) => (
  <PageSection title={`Situation ${right + 1} of ${needed}`} id="situations">
    {missed ? (
      <>
        <AnsweredSituation version={version} situation={missed} chosen={chosen} />
        <h3>Another situation</h3>
      </>
    ) : (
      <p>{right > 0 ? "That is right. One more." : "You can look in the policy while you answer."}</p>
    )}
    <SituationAsked version={version} situation={asked} />
    {children}
  </PageSection>
);

/** How long reading has to take and from when one can accept; how many situations there are. Said before anything else. */
function ReadingTime({ reading: { demand, openedAt, asking, passedAt } }: { reading: OpenReading }) {
  const from = acceptableFrom(openedAt, demand);
  if (!from && !asking && !passedAt) return null;
  return (
    <Banner title="Before you can accept">
      {from && (
        <p>
          Reading takes at least {counted(demand.readingMinutes, "minute")}. You can accept from{" "}
          <time dateTime={from.toISOString()}>{timeOfDay(from)}</time>.
        </p>
      )}
      {asking && (
        <p>
          You are asked about {counted(asking.needed, "situation")} from the policy, below. Take your time: only that
          you passed is kept.
        </p>
      )}
      {passedAt && <p>You have answered the situations correctly.</p>}
    </Banner>
  );
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
