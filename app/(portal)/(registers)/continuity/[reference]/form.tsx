import { text } from "#app/_portal/form/field.tsx";
import { defineForm, refused } from "#app/_portal/form/form.tsx";
import { definePage } from "#app/_portal/form/page.ts";
import { CORRECTION_FIELDS, CORRECTION_FORM } from "#app/(portal)/(registers)/_correction/corrections.tsx";
import { LONGEST_ACTIVITY_REASON, LONGEST_TITLE } from "#domain/registers/continuity/activity.ts";
import { getActivity } from "#server/registers/continuity/queries.ts";
import { correctActivity, endActivity } from "#server/registers/continuity/service.ts";

/** One business continuity activity. */
export const page = definePage({
  path: "/continuity/[reference]",
  reference: "CON",
  read: ({ actor, params }) => getActivity(actor, params.reference),
  heading: ({ view }) => view.title,
  isName: true,
  title: ({ view }) => `Business continuity ${view.reference}`,
  kicker: ({ view }) => `${view.reference}, ${view.endedAt ? "ended" : "declared now"}`,
  back: { href: "/continuity", label: "Business continuity" },
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
  ...CORRECTION_FORM,
  fields: {
    title: text("What is it?", { hint: `Up to ${LONGEST_TITLE} characters.` }),
    reason: text("Why was it declared?", { lines: 5 }),
    ...CORRECTION_FIELDS,
  },
  stored: ({ view: { corrections, title, record } }) => ({ seen: corrections.length, title, reason: record?.reason }),
  submit: ({ actor, params, values: { title, ...sent } }) =>
    correctActivity(actor, params.reference, { ...sent, title: title.replaceAll(/\s+/g, " ") }),
});
