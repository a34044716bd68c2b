import { defineFormPage, definePage } from "#app/_portal/form/form.tsx";
import { openChoice, startKey } from "#app/_portal/form/field.tsx";
import { CHECK_FIELDS } from "../check-fields.tsx";
import { listPoliciesToCheck } from "#server/registers/understanding-check/queries.ts";
import { recordCheck } from "#server/registers/understanding-check/service.ts";

const page = definePage({
  path: "/checks-held/new",
  read: ({ actor }) => listPoliciesToCheck(actor),
  heading: "Record a check",
  back: { href: "/checks-held", label: "Checks held" },
  intro: ({ view: policies }) =>
    policies.length === 0 && <p>Your organisation has no policy in force that could be checked.</p>,
});

export const { generateMetadata, Page, GET, POST } = defineFormPage(page, {
  fields: {
    startKey: startKey(),
    policy: openChoice("Which policy was checked?"),
    ...CHECK_FIELDS,
  },
  body: ({ field, view: policies }) => (
    <>
      {policies.length === 1
        ? policies.map(({ slug, title }) => (
            <p key={slug}>
              <input type="hidden" name="policy" value={slug} />
              On {title}, as it is now.
            </p>
          ))
        : field("policy", { options: Object.fromEntries(policies.map(({ slug, title }) => [slug, title])) })}
      {field("kind")}
      {field("heldOn")}
      {field("heldBy")}
      {field("takenBy")}
      {field("result")}
      {field("actions")}
    </>
  ),
  button: "Record the check",
  submit: ({ actor, values: { startKey, ...draft } }) => recordCheck(actor, { startKey, draft }),
  done: ({ reference }) => `/checks-held/${reference}?done=1`,
});
