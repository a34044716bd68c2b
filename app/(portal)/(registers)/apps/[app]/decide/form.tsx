import { defineFormPage, definePage } from "#app/_portal/form/form.tsx";
import { revision } from "#app/_portal/form/field.tsx";
import { decisionFields } from "#app/(portal)/(registers)/apps/decide-fields.tsx";
import { getApp } from "#server/registers/app/queries.ts";
import { decideApp } from "#server/registers/app/service.ts";

const page = definePage({
  path: "/apps/[app]/decide",
  async read({ actor, params }) {
    const app = await getApp(actor, params.app);
    return app?.mayDecide ? app : null;
  },
  heading: ({ view }) => `Decide again on ${view.name}`,
  back: ({ view }) => ({ href: `/apps/${view.slug}`, label: view.name }),
  intro: <p>The earlier decision stays in its history. If it is no longer approved, groups in it are told to move.</p>,
});

/** Decides on an app again: for its review, a change of its conditions, or its end. */
export const { generateMetadata, Page, GET, POST } = defineFormPage(page, {
  fields: { revision: revision(), ...decisionFields },
  stored: ({ view }) => ({
    revision: view.revision,
    purpose: view.purpose,
    whoMay: view.whoMay,
    dpiaReference: view.dpiaReference,
    dpiaOn: view.dpiaOn,
    riskOwner: view.riskOwner.status === "left" ? "" : view.riskOwner.email,
    settings: view.settings.join("\n"),
    state: view.state,
  }),
  button: "Send my decision",
  submit: ({ actor, params, values: { revision: seen, ...draft } }) =>
    decideApp(actor, { slug: params.app, revision: seen }, { name: params.app, ...draft }),
  done: ({ slug }) => `/apps/${slug}`,
});
