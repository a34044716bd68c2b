import { ButtonLink } from "#app/_ui/layout.tsx";
import { current, startKey, text } from "#app/_portal/form/field.tsx";
import { defineFormPage, definePage } from "#app/_portal/form/form.tsx";
import { noteNotNeeded } from "#server/policy/campaign/service.ts";
import { getCampaigns } from "#server/policy/campaign/view-queries.ts";

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
      <p className="no-print">
        <ButtonLink href="/campaigns/new">Prepare a campaign</ButtonLink>
      </p>
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
