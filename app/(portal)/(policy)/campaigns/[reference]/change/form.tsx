import { revision } from "#app/_portal/form/field.tsx";
import { defineFormPage, definePage, refused } from "#app/_portal/form/form.tsx";
import { changeCampaign } from "#server/policy/campaign/service.ts";
import { getCampaign } from "#server/policy/campaign/view-queries.ts";
import { CHANGED } from "../form.tsx";
import { givenOf, SETTINGS, SettingsFields, storedSettings } from "../../settings-fields.tsx";

const page = definePage({
  path: "/campaigns/[reference]/change",
  reference: "CAM",
  async read({ actor, params }) {
    const view = await getCampaign(actor, params.reference, null);
    return view?.acts.includes("change") ? view : null;
  },
  heading: "Change the campaign",
  kicker: ({ view }) => `${view.title}, version ${view.version}`,
  back: ({ view: { reference } }) => ({ href: `/campaigns/${reference}`, label: `Campaign ${reference}` }),
  intro: ({ view }) =>
    view.state === "running" && (
      <p>
        It is running, so changes to who is asked, and by when, take effect at once. The old and new settings are kept
        as evidence.
      </p>
    ),
});

/** Changes what a campaign asks. */
export const { generateMetadata, Page, GET, POST } = defineFormPage(page, {
  fields: { revision: revision(), ...SETTINGS },
  stored: ({ view }) => ({ revision: view.revision, ...storedSettings(view, view) }),
  body: ({ field, view: { choices } }) => <SettingsFields field={field} choices={choices} />,
  button: "Save the changes",
  submit: ({ actor, params, values: { revision: seen, ...values } }) =>
    changeCampaign(actor, params.reference, seen, givenOf(values)),
  done: (result, { params }) => (result.code === "changed" ? refused(CHANGED) : `/campaigns/${params.reference}`),
});
