import { ButtonLine, Link, Panel, Stack } from "#app/_ui/layout.tsx";
import { current, startKey, text } from "#app/_portal/form/field.tsx";
import { defineFormPage, definePage, framedPage } from "#app/_portal/form/form.tsx";
import { noteNotNeeded } from "#server/policy/campaign/service.ts";
import { type CampaignLine, getCampaigns } from "#server/policy/campaign/view-queries.ts";
import { DataTable, Tag } from "#app/_ui/content.tsx";
import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import { CAMPAIGN_STATE_WORDS } from "#domain/policy/campaign/campaign.ts";

/** The campaigns of a body, and the versions that may need one. */
export const page = definePage({
  path: "/campaigns",
  read: ({ actor }) => getCampaigns(actor),
  heading: "Campaigns",
  intro: (
    <>
      <p>
        A campaign asks people to answer a version of a policy by a date. Once one is started for a version, the people
        it asks have to answer, and nobody else does.
      </p>
      <ButtonLine href="/campaigns/new">Prepare a campaign</ButtonLine>
    </>
  ),
  gap: "section",
});

/** Notes that a version needs no campaign. */
export const {
  form: notNeededForm,
  GET,
  POST,
} = defineFormPage(page, {
  fields: {
    startKey: startKey(),
    policy: current(),
    reason: text("Why is none needed?", { hint: "It is kept as evidence.", lines: 2 }),
  },
  button: "No campaign needed",
  submit: ({ actor, values: { startKey: key, policy, reason } }) => noteNotNeeded(actor, policy, key, reason),
  done: "/campaigns",
});

export const { generateMetadata, Page } = framedPage(page, (shown) => {
  const { view } = shown;
  return (
    <>
      {view.proposals.map(({ slug, title, version, due }) => (
        <Panel key={slug} title={`“${title}”, version ${version}, asks everybody again`}>
          <Stack>
            <p>
              Decide by {dateInWords(due)} whether a campaign is needed. Until one is started, the version’s own time to
              answer applies.
            </p>
            <ButtonLine href={`/campaigns/new?policy=${slug}`}>Prepare a campaign for it</ButtonLine>
            {notNeededForm.show(shown, { stored: { policy: slug } })}
          </Stack>
        </Panel>
      ))}
      <DataTable
        caption="Campaigns, newest first"
        empty="No campaigns yet. Prepare one: nobody is asked until you start it."
        columns={{
          Reference: (campaign) => (
            <Link href={`/campaigns/${campaign.reference}`} className="whitespace-nowrap">
              {campaign.reference}
            </Link>
          ),
          Policy: (campaign) => `${campaign.title}, version ${campaign.version}`,
          Asks: (campaign) => (campaign.state === "not-needed" ? "–" : asksInWords(campaign)),
          State: (campaign) => <State campaign={campaign} />,
        }}
        rows={view.campaigns}
      />
    </>
  );
});

/** The first parts of an audience. */
function asksInWords({ audienceWords }: CampaignLine): string {
  const [first, second, ...more] = audienceWords;
  const named = [first, second].filter(Boolean).join("; ");
  return more.length > 0 ? `${named}; and ${more.length} more` : named;
}

function State({ campaign: { state, counts, startedAt, endedAt } }: { campaign: CampaignLine }) {
  const since = endedAt ?? startedAt;
  const isOver = state === "running" && !counts;
  return (
    <>
      <Tag tone={state === "running" && counts ? "good" : "neutral"}>
        {isOver ? "Superseded" : CAMPAIGN_STATE_WORDS[state]}
      </Tag>
      {since && <span className="block text-small text-soft">{dateInWords(calendarDay(since))}</span>}
    </>
  );
}
