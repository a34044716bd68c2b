import { defineFormPage, definePage } from "#app/_portal/form/form.tsx";
import { boxes, startKey, text } from "#app/_portal/form/field.tsx";
import { can } from "#domain/access/permission/permission.ts";
import { lawOnDeleting } from "#domain/registers/hold/hold.ts";
import { listGroupsToHold } from "#server/registers/hold/queries.ts";
import { placeRequestHold } from "#server/registers/information-request/service.ts";
import { ofRequest, underRequest } from "../request-page.ts";
import { TargetFields, TARGETS } from "../../../holds/hold-fields.tsx";

const under = underRequest("hold");
const page = definePage({
  ...under,
  path: "/requests/[reference]/hold",
  async read(visit) {
    const { actor } = visit;
    const [request, groups] = await Promise.all([under.read(visit), listGroupsToHold(actor)]);
    return request && groups && can(actor, "hold.place", actor) ? { ...request, groups } : null;
  },
  heading: ({ view }) => `Place a hold for ${view.reference}`,
  intro: ({ view: { body, kind } }) => (
    <>
      <p>It takes effect the moment you press the button. Everybody it concerns is told this, and asked to confirm:</p>
      <p>{lawOnDeleting(body, kind)}</p>
    </>
  ),
});

/** Places the hold of a request, with the law of its kind. */
export const { generateMetadata, Page, GET, POST } = defineFormPage(page, {
  fields: {
    startKey: startKey(),
    keep: text("What must not be deleted?", {
      hint: "The people it concerns read this, also by mail: which messages, about what, from when to when. Do not say who asked.",
      lines: 5,
    }),
    onSubject: boxes(
      "Who does it concern?",
      { yes: { label: "Everybody in the body", hint: "When nobody can say who has messages about it." } },
      "Choose everybody, or name groups and people below.",
    ),
    ...TARGETS,
  },
  body: ({ field, view, formState }) => (
    <>
      {field("keep")}
      {field("onSubject")}
      <TargetFields groups={view.groups} formState={formState} />
    </>
  ),
  button: "Place the hold and tell them",
  submit: ({ actor, params, values: { onSubject, ...sent } }) =>
    placeRequestHold(actor, params.reference, { ...sent, note: "", isOnSubject: onSubject.includes("yes") }),
  done: ofRequest,
});
