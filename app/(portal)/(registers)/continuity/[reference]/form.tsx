import { current, text } from "#app/_portal/form/field.tsx";
import { defineForm, refused } from "#app/_portal/form/form.tsx";
import { definePage } from "#app/_portal/form/page.ts";
import { Button } from "#app/_ui/button.tsx";
import { CORRECTED_MEANWHILE } from "#app/(portal)/(registers)/_correction/corrections.tsx";
import { LONGEST_ACTIVITY_REASON, LONGEST_TITLE } from "#domain/registers/continuity/activity.ts";
import { getActivity } from "#server/registers/continuity/queries.ts";
import { correctActivity, endActivity } from "#server/registers/continuity/service.ts";

/** One business continuity activity. */
export const page = definePage({
  path: "/continuity/[reference]",
  reference: "CON",
  read: ({ actor, params }) => getActivity(actor, params.reference),
  heading: ({ view }) => `Business continuity ${view.reference}`,
});

/** Ends it. */
export const form = defineForm(page, {
  do: "end",
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

/** Corrects what it is called, and why it was declared. */
export const correctActivityForm = defineForm(page, {
  do: "correct",
  fields: {
    seen: current(),
    title: text("What is it?", { hint: `Up to ${LONGEST_TITLE} characters.` }),
    reason: text("Why was it declared?", { lines: 5 }),
    why: text("Why are you correcting it?", { lines: 2 }),
  },
  stored: ({ view }) => ({
    seen: view.corrections.length,
    title: view.title,
    reason: view.record?.reason ?? "",
  }),
  button: <Button look="quiet">Save the correction</Button>,
  submit: ({ actor, params, values: { seen, title, ...sent } }) =>
    correctActivity(actor, params.reference, { ...sent, seen: Number(seen), title: title.replaceAll(/\s+/g, " ") }),
  done: ({ code }, { path }) => (code === "corrected" ? path : refused(CORRECTED_MEANWHILE)),
});
