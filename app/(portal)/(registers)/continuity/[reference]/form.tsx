import { text } from "#app/_portal/form/field.tsx";
import { defineForm, refused } from "#app/_portal/form/form.tsx";
import { definePage } from "#app/_portal/form/page.ts";
import { LONGEST_ACTIVITY_REASON } from "#domain/registers/continuity/activity.ts";
import { getActivity } from "#server/registers/continuity/queries.ts";
import { endActivity } from "#server/registers/continuity/service.ts";

/** One business continuity activity. */
export const page = definePage({
  path: "/continuity/[reference]",
  reference: "CON",
  read: ({ actor, params }) => getActivity(actor, params.reference),
  heading: ({ view }) => `Business continuity ${view.reference}`,
});

/** Ends it. */
export const form = defineForm(page, {
  fields: {
    endReason: text("Why does it end?", {
      hint: `For the record: governance officers and auditors see it. Up to ${LONGEST_ACTIVITY_REASON.toLocaleString("en-GB")} characters.`,
      lines: 4,
    }),
  },
  button: "End it now",
  submit: ({ actor, params, values }) => endActivity(actor, params.reference, values.endReason),
  done: (result, { path }) =>
    result.code === "ended" ? path : refused(`${result.by} has ended it already. Your reason was not recorded.`),
});
