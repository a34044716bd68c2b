import { defineFormPage, definePage } from "#app/_portal/form/form.tsx";
import { revision, text } from "#app/_portal/form/field.tsx";
import { correctRequest } from "#server/registers/information-request/service.ts";
import { ofRequest, underRequest } from "../request-page.ts";
import { requestFields } from "../../request-fields.tsx";

const page = definePage({
  path: "/requests/[reference]/correct",
  ...underRequest("correct"),
  heading: ({ view }) => `Correct ${view.reference}`,
  intro: <p>What stood before stays in the history.</p>,
});

/** Corrects what was entered of a request. */
export const { generateMetadata, Page, GET, POST } = defineFormPage(page, {
  fields: { seen: revision(), ...requestFields, reason: text("Why do you correct it?", { lines: 2 }) },
  stored: ({ view: { revision: seen, kind, texts, receivedOn } }) => ({ seen, kind, receivedOn, ...texts }),
  body: ({ field, view }) => (
    <>
      {view.file?.complainant === null && field("kind")}
      {view.file?.complainant === null && field("requester")}
      {field("asked")}
      {field("receivedOn")}
      {field("reason")}
    </>
  ),
  button: "Correct it",
  submit: ({ actor, params, values: { seen, reason, ...draft } }) =>
    correctRequest(actor, params.reference, { seen, reason, draft: { ...draft, dueOn: { kind: "empty" } } }),
  done: ofRequest,
});
