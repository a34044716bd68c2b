import { answerMoment, GivenOn } from "#app/_portal/given-on.tsx";
import { FormPage, showPage } from "#app/_portal/form/form.tsx";
import { OwnHolds } from "#app/_portal/own-holds.tsx";
import { Lines, Link, LinkLine, PageSection, Panel, Stack } from "#app/_ui/layout.tsx";
import { ChangesInShort } from "../changes/changes-in-short.tsx";
import { form, page, situationForm } from "./form.tsx";
import { Moment } from "#app/_portal/portal-page.tsx";
import { Banner, UserText } from "#app/_ui/content.tsx";
import type { GivenAnswer } from "#domain/policy/acknowledgement/acknowledgement.ts";
import type { OwnStanding } from "#server/policy/acknowledgement/queries.ts";
import type { ReactNode } from "react";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { type OpenReading, acceptableFrom } from "#domain/policy/understanding/reading.ts";
import { AnsweredSituation, SituationAsked } from "../../../_situation/situation-asked.tsx";
import { timeOfDay } from "#domain/base/calendar/calendar.ts";

const { generateMetadata, Page } = showPage(page, (shown) => {
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
            That was on <GivenOn {...answerMoment(standing.given)} />. The policy owner has not answered yet. You can
            still accept. <Link href={`/acknowledgements/${standing.given.reference}`}>See what you wrote</Link>
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
export { generateMetadata, Page as default };

/** What the policy owner replied to a decline, above the form that asks again. */
const EarlierDecline = ({ own: { reply }, earlier }: { own: OwnStanding; earlier: GivenAnswer }) => (
    <Banner title="The policy owner has answered you">
      {reply && <UserText>{reply}</UserText>}
      <p className="text-small text-soft">
        {earlier.repliedAt && <Moment at={earlier.repliedAt} />}.{" "}
        <Link href={`/acknowledgements/${earlier.reference}`}>See what you wrote</Link>
      </p>
    </Banner>
  );

type SituationProps = { version: PolicyVersion; asking: NonNullable<OpenReading["asking"]>; children: ReactNode };

/** The situation that waits for an answer, after what the policy says of the one that was missed. The form is its child. */
function WaitingSituation({ version, asking, children }: SituationProps) {
  const { asked, right, needed, missed, chosen } = asking;
  return (
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
}

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
