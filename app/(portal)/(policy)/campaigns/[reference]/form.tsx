import { revision, text } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, refused, showPage, wholeQuery } from "#app/_portal/form/form.tsx";
import { readPageCursor } from "#domain/base/list/page.ts";
import { startCampaign, stopCampaign } from "#server/policy/campaign/service.ts";
import { type CampaignView, getCampaign } from "#server/policy/campaign/view-queries.ts";
import { BY_NAME, Moment, PageLinks, PortalPage } from "#app/_portal/portal-page.tsx";
import { BackLink, ButtonLine, Disclosure, LinkLine, PageHeading, PageSection, Stack } from "#app/_ui/layout.tsx";
import { Banner, DataTable, ErrorSummary, SummaryList, Tag, UserText } from "#app/_ui/content.tsx";
import { PersonName } from "#app/_portal/person-name.tsx";
import { STATE_TONES } from "#app/_portal/state-tones.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { answerDayInWords } from "#domain/policy/acknowledgement/paper-answer.ts";
import { FOLLOW_UP_STATES, FOLLOW_UP_WORDS, REMINDED_STATES } from "#domain/policy/acknowledgement/person-state.ts";
import { CAMPAIGN_STATE_WORDS } from "#domain/policy/campaign/campaign.ts";

export const CHANGED =
  "Somebody has changed this campaign, or its policy, since you opened it. Look at it again, then decide.";

/** One campaign: whom it asks, and how far it is. For those who make campaigns. */
export const page = definePage({
  path: "/campaigns/[reference]",
  reference: "CAM",
  suffix: wholeQuery,
  read: ({ actor, params, query }) => getCampaign(actor, params.reference, readPageCursor(query)),
  heading: ({ view: { reference } }) => `Campaign ${reference}`,
});

const whenDone = (result: { code: string }, { params }: { params: { reference: string } }) =>
  result.code === "changed" ? refused(CHANGED) : `/campaigns/${params.reference}`;

/** @param owing how many of its audience have not answered */
function askInWords(owing: number): string {
  if (owing === 0) return "Start the campaign";
  return owing === 1 ? "Ask one person" : `Ask ${owing} people`;
}

/** Starts it. */
export const startForm = defineForm(page, {
  do: "start",
  fields: { revision: revision() },
  stored: ({ view }) => ({ revision: view.revision }),
  button: ({ view: { states } }) => askInWords(REMINDED_STATES.reduce((sum, one) => sum + (states.get(one) ?? 0), 0)),
  submit: ({ actor, params, values }) => startCampaign(actor, params.reference, values.revision),
  done: whenDone,
});

/** Stops it, or drops it before it was started. */
export const stopForm = defineForm(page, {
  do: "stop",
  fields: { revision: revision(), reason: text("Why do you stop it?", { hint: "It is kept as evidence.", lines: 3 }) },
  stored: ({ view }) => ({ revision: view.revision }),
  button: ({ view }) => stopInWords(view),
  submit: ({ actor, params, values }) => stopCampaign(actor, params.reference, values.revision, values.reason),
  done: whenDone,
});

export const { generateMetadata, Page } = showPage(page, (shown) => {
  const { actor, view, formState } = shown;
  return (
    <PortalPage actor={actor} gap="section">
      <Stack>
        <BackLink href="/campaigns">Campaigns</BackLink>
        <ErrorSummary errors={[...formState.problems]} />
        <p className="text-small text-soft">
          {view.title}, version {view.version}
        </p>
        <PageHeading>{`Campaign ${view.reference}`}</PageHeading>
        <State view={view} />
        <Settings view={view} />
      </Stack>
      {view.state === "draft" && view.text && <WhatTheySee view={view} text={view.text} />}
      {view.acts.includes("start") &&
        (view.asked > 0 ? (
          startForm.show(shown)
        ) : (
          <Banner tone="warning" title="Nobody would be asked">
            <p>No one is in its audience now. Change who it asks.</p>
          </Banner>
        ))}
      {view.asked > 0 && <People view={view} />}
      {view.acts.includes("stop") && (
        <Disclosure summary={stopInWords(view)} open={formState.problems.some(({ field }) => field === "reason")}>
          <Stack>
            <p>
              {view.state === "draft"
                ? "It has asked nobody. It stays in the list of campaigns, with your reason."
                : `It then no longer asks anybody, and neither does version ${view.version} by itself. Answers already given still count. To ask again, make a new campaign.`}
            </p>
            {stopForm.show(shown)}
          </Stack>
        </Disclosure>
      )}
    </PortalPage>
  );
});

const stopInWords = ({ state }: CampaignView): string =>
  state === "draft" ? "Drop the campaign" : "Stop the campaign";

function State({ view }: { view: CampaignView }) {
  const { state, counts, startedAt, startedBy, endedAt, endedBy, endReason } = view;
  if (state === "stopped" || state === "not-needed")
    return (
      <Banner title={CAMPAIGN_STATE_WORDS[state]}>
        {endedAt && (
          <p>
            By {endedBy}, <Moment at={endedAt} />.
          </p>
        )}
        {endReason && <UserText>{endReason}</UserText>}
      </Banner>
    );
  if (!counts)
    return (
      <Banner title="A newer version is asked now">
        <p>An answer to version {view.version} no longer counts, so this campaign asks nobody.</p>
      </Banner>
    );
  if (state === "draft") return <p>Not started: nobody is asked yet.</p>;
  return (
    <p>
      {startedAt && (
        <>
          Started by {startedBy}, <Moment at={startedAt} />.{" "}
        </>
      )}
      {progressInWords(view)}
    </p>
  );
}

function progressInWords({ states, asked, told, targetPercent }: CampaignView): string {
  const accepted = states.get("acknowledged") ?? 0;
  const due = asked - (states.get("exempt") ?? 0);
  const percent = due === 0 ? 100 : Math.floor((accepted * 100) / due);
  const reached = percent >= targetPercent ? "done by" : "still below";
  return `${accepted} of ${due} have accepted, ${percent}%: ${reached} the ${targetPercent}% aimed at. ${told} of ${asked} have been told, each in their mail on the next working day.`;
}

function Settings({ view }: { view: CampaignView }) {
  const { reference, audienceWords, workingDays, remindBefore, checksUnderstanding, readingMinutes, acts } = view;
  const days = (count: number) => `${count} working ${count === 1 ? "day" : "days"}`;
  return (
    <>
      <SummaryList
        rows={{
          Asks: audienceWords.join("; "),
          "Time to answer": `${days(workingDays)}, so by ${dateInWords(view.lastDay)} ${view.state === "draft" ? "if it starts today" : "for those asked on its first day"}`,
          Reminds: `${remindBefore.length > 0 ? `${remindBefore.join(", ")} working days before, and on` : "On"} the last day; then weekly, with the line manager`,
          "Checks understanding": checksUnderstanding ? "Yes, with two situations" : "No",
          "Reading takes at least": readingMinutes > 0 ? minutes(readingMinutes) : "No set time",
          "Done at": `${view.targetPercent}%`,
        }}
      />
      {acts.includes("change") && (
        <ButtonLine href={`/campaigns/${reference}/change`} look="quiet">
          Change it
        </ButtonLine>
      )}
    </>
  );
}

const minutes = (count: number) => `${count} ${count === 1 ? "minute" : "minutes"}`;

const WhatTheySee = ({ view, text }: { view: CampaignView; text: NonNullable<CampaignView["text"]> }) => (
  <PageSection title="What they will see">
    <p>A task, on their page at once and in their mail on the next working day:</p>
    <blockquote className="border-s-4 border-line ps-4">
      <p className="font-bold">
        Accept or decline “{text.frontMatter.title}”, version {view.version}
      </p>
      <p>Answer by {dateInWords(view.lastDay)}.</p>
      {view.readingMinutes > 0 && <p>Reading takes at least {minutes(view.readingMinutes)}.</p>}
      {view.checksUnderstanding && <p>You are asked about two situations from the policy.</p>}
      <p>“{text.frontMatter.acknowledgement}”</p>
    </blockquote>
    <LinkLine href={`/policies/${view.policy}/acknowledge`}>See the page as you are asked yourself</LinkLine>
  </PageSection>
);

function People({ view }: { view: CampaignView }) {
  const { reference, states, people, asked, state } = view;
  const present = FOLLOW_UP_STATES.filter((one) => states.has(one));
  return (
    <PageSection title={`Who it asks: ${asked}${state === "draft" ? "" : ", by name"}`}>
      <p>{present.map((one) => `${FOLLOW_UP_WORDS[one]}: ${states.get(one) ?? 0}`).join(" · ")}</p>
      <DataTable
        caption="People"
        columns={{
          Person: ({ name, email }) => <PersonName name={name} email={email} />,
          Team: ({ team }) => team ?? "None",
          State: ({ state: of }) => <Tag tone={STATE_TONES[of]}>{FOLLOW_UP_WORDS[of]}</Tag>,
          When: ({ due, givenAt, isOnPaper }) =>
            due ? `Due by ${dateInWords(due)}` : givenAt ? answerDayInWords({ givenAt, isOnPaper }) : "",
        }}
        rows={people.rows}
      />
      <PageLinks label="Pages of people" page={people} path={`/campaigns/${reference}`} filters={[]} words={BY_NAME} />
      {state === "running" && (
        <LinkLine href={`/governance/people?policy=${view.policy}`} onPaper={false}>
          Filter, remind, exempt, hand over
        </LinkLine>
      )}
    </PageSection>
  );
}
