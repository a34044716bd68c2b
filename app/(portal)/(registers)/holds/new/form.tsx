import { defineFormPage, definePage } from "#app/_portal/form/form.tsx";
import { boxes, startKey } from "#app/_portal/form/field.tsx";
import { listGroupsToHold } from "#server/registers/hold/queries.ts";
import { placeHold } from "#server/registers/hold/service.ts";
import { HOLD_FIELDS, holdDays, WORD_FIELDS, TargetFields, TARGETS } from "../hold-fields.tsx";

const page = definePage({
  path: "/holds/new",
  read: ({ actor }) => listGroupsToHold(actor),
  heading: "Place a hold",
  back: { href: "/holds", label: "Holds" },
  intro: (
    <p>It takes effect the moment you press the button. Everybody it concerns is told at once, and asked to confirm.</p>
  ),
});

/** For governance officers: why, since when, what must be kept, and whom to tell. */
export const { generateMetadata, Page, GET, POST } = defineFormPage(page, {
  fields: {
    startKey: startKey(),
    ...HOLD_FIELDS,
    onSubject: boxes(
      "Who does it concern?",
      {
        yes: { label: "Everybody in the body", hint: "For a subject, when nobody can say who has messages about it." },
      },
      "Choose everybody, or name groups and people below.",
    ),
    ...WORD_FIELDS,
    ...TARGETS,
  },
  body: ({ field, view: groups, formState, query: { group } }) => (
    <>
      {field("reason")}
      {field("occurredOn")}
      {field("keep")}
      {field("onSubject")}
      <TargetFields groups={groups} formState={formState} chosen={typeof group === "string" ? group : undefined} />
      {field("words")}
      {field("note")}
      {field("reviewOn")}
    </>
  ),
  button: "Place the hold and tell them",
  submit: ({ actor, values: { onSubject, ...sent } }) =>
    placeHold(actor, { ...sent, ...holdDays(sent), isOnSubject: onSubject.includes("yes") }),
  done: ({ reference }) => `/holds/${reference}?done=1`,
});
