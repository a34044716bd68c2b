import { current, startKey, text } from "#app/_portal/form/field.tsx";
import { defineForm } from "#app/_portal/form/form.tsx";
import { definePage } from "#app/_portal/form/page.ts";
import { noteNotNeeded } from "#server/policy/campaign/service.ts";
import { getCampaigns } from "#server/policy/campaign/view-queries.ts";

/** The campaigns of a body, and the versions that may need one. */
export const page = definePage({
  path: "/campaigns",
  read: ({ actor }) => getCampaigns(actor),
  heading: "Campaigns",
});

/** Notes that a version needs no campaign. */
export const notNeededForm = defineForm(page, {
  fields: {
    startKey: startKey(),
    policy: current(),
    reason: text("Why is none needed?", { hint: "It is kept as evidence.", lines: 2 }),
  },
  button: "No campaign needed",
  submit: ({ actor, values: { startKey: key, policy, reason } }) => noteNotNeeded(actor, policy, key, reason),
  done: "/campaigns",
});
