import { current } from "#app/_portal/form/field.tsx";
import { defineForm, definePage } from "#app/_portal/form/form.tsx";
import { getSchedule } from "#server/shell/schedule/queries.ts";
import { runJobNow } from "#server/shell/schedule/service.ts";

/** What the portal does automatically: when it last ran, when it runs next, what went wrong. */
export const page = definePage({ path: "/admin/jobs", read: ({ actor }) => getSchedule(actor), heading: "Timed work" });

export type ShownJobs = Parameters<typeof form.show>[0];

/** Runs a scheduled job at once. */
export const form = defineForm(page, {
  fields: { job: current() },
  submit: ({ actor, values }) => runJobNow(actor, values.job),
  done: (result, { path, values }) =>
    result === "asked" ? `${path}?asked=${encodeURIComponent(values.job)}` : `${path}?stopped=1`,
});
