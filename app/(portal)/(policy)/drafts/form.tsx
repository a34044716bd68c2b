import { select, text } from "#app/_portal/form/field.tsx";
import { defineForm, definePage } from "#app/_portal/form/form.tsx";
import { listPolicyDrafts } from "#server/policy/draft/queries.ts";
import { beginDraft } from "#server/policy/draft/service.ts";

export const page = definePage({
  path: "/drafts",
  read: ({ actor }) => listPolicyDrafts(actor),
  heading: "Drafts of policies",
  section: "policies",
  gap: "section",
});

/** Begins a draft that follows the newest version of a policy. */
export const form = defineForm(page, {
  fields: {
    slug: select("Policy"),
    version: text("Number of the new version", {
      hint: "Higher than the newest one: 2.2 after 2.1.",
      width: "short",
      autoComplete: "off",
    }),
  },
  body: ({ field, view: { policies } }) => (
    <>
      {field("slug", {
        options: Object.fromEntries(policies.map(({ slug, title, newest }) => [slug, `${title}, version ${newest}`])),
      })}
      {field("version")}
    </>
  ),
  button: "Begin a draft",
  submit: ({ actor, values }) => beginDraft(actor, values),
});

export const { GET, POST } = form.route();
