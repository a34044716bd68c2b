import { defineFormPage, definePage } from "#app/_portal/form/form.tsx";
import { choice, date, openChoice, startKey, text } from "#app/_portal/form/field.tsx";
import { CHECK_KIND_WORDS } from "#domain/registers/understanding-check/understanding-check.ts";
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
    kind: choice("What was it?", CHECK_KIND_WORDS),
    heldOn: date("When was it held?", "the day", "The last day, if it took several. For example, 27 3 2026"),
    heldBy: text("Who held it?", { hint: "A role or a team.", width: "half" }),
    takenBy: text("Who took part?", {
      hint: "A team or a number: “40 of 60 in Housing”. Do not name anybody.",
      width: "half",
    }),
    result: text("What was the result?", { lines: 5 }),
    actions: text("What will be done about it, if anything?", { lines: 3 }),
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
