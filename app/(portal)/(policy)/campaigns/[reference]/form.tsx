import { revision, text } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, refused, wholeQuery } from "#app/_portal/form/form.tsx";
import { readPageCursor } from "#domain/base/list/page.ts";
import { startCampaign, stopCampaign } from "#server/policy/campaign/service.ts";
import { getCampaign } from "#server/policy/campaign/view-queries.ts";

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

/** Starts it. */
export const startForm = defineForm(page, {
  do: "start",
  fields: { revision: revision() },
  stored: ({ view }) => ({ revision: view.revision }),
  button: ({ view: { asked } }) => `Ask ${asked === 1 ? "this person" : `these ${asked} people`}`,
  submit: ({ actor, params, values }) => startCampaign(actor, params.reference, values.revision),
  done: whenDone,
});

/** Stops it. */
export const stopForm = defineForm(page, {
  do: "stop",
  fields: { revision: revision(), reason: text("Why do you stop it?", { hint: "It is kept as evidence.", lines: 3 }) },
  stored: ({ view }) => ({ revision: view.revision }),
  button: "Stop the campaign",
  submit: ({ actor, params, values }) => stopCampaign(actor, params.reference, values.revision, values.reason),
  done: whenDone,
});
