import { select, startKey } from "#app/_portal/form/field.tsx";
import { defineFormPage, definePage } from "#app/_portal/form/form.tsx";
import { DEFAULT_CAMPAIGN } from "#domain/policy/campaign/campaign.ts";
import { createCampaign } from "#server/policy/campaign/service.ts";
import { getNewCampaign } from "#server/policy/campaign/view-queries.ts";
import { givenOf, SETTINGS, SettingsFields, storedSettings } from "../settings-fields.tsx";

const page = definePage({
  path: "/campaigns/new",
  read: ({ actor, query }) => getNewCampaign(actor, [query["policy"] ?? []].flat().at(-1)),
  heading: "Prepare a campaign",
  back: { href: "/campaigns", label: "Campaigns" },
  intro: <p>Nobody is asked yet. The next page shows how many and who, and you start it there.</p>,
});

/** Prepares a campaign for the current version of a policy. */
export const { generateMetadata, Page, GET, POST } = defineFormPage(page, {
  fields: { startKey: startKey(), policy: select("Policy"), ...SETTINGS },
  stored: ({ view }) => ({ policy: view.slug, ...storedSettings(DEFAULT_CAMPAIGN, { teams: [], emails: [] }) }),
  body: ({ field, view: { policies, choices } }) => (
    <>
      {field("policy", {
        options: Object.fromEntries(policies.map(({ slug, title, version }) => [slug, `${title}, version ${version}`])),
      })}
      <SettingsFields field={field} choices={choices} />
    </>
  ),
  button: "See who it asks",
  submit: ({ actor, values: { startKey: key, policy, ...values } }) =>
    createCampaign(actor, policy, key, givenOf(values)),
  done: (result) => (result.code === "done" ? `/campaigns/${result.reference}` : "/campaigns"),
});
