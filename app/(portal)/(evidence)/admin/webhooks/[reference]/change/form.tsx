import { Fragment } from "react";
import {
  addressField,
  contentFields,
  contentOf,
  nameField,
  storedContent,
  webhookPath,
} from "#app/(portal)/(evidence)/admin/webhooks/webhook-fields.tsx";
import { defineFormPage, definePage } from "#app/_portal/form/form.tsx";
import { getWebhook } from "#server/evidence/webhook/queries.ts";
import { changeWebhook } from "#server/evidence/webhook/service.ts";

const page = definePage({
  path: "/admin/webhooks/[reference]/change",
  reference: "HOK",
  read: ({ actor, params }) => getWebhook(actor, params.reference),
  heading: "Change the address",
  back: ({ view }) => ({ href: webhookPath(view.reference), label: view.name }),
});

const keysOfContent = Object.keys(contentFields) as (keyof typeof contentFields)[];

/** What goes to an address, and where it is; its kind stays. */
export const { generateMetadata, Page, GET, POST } = defineFormPage(page, {
  fields: { name: nameField, address: addressField, ...contentFields },
  stored: ({ view }) => ({ name: view.name, ...storedContent(view) }),
  body: ({ view, field }) => (
    <>
      {field("name")}
      {field("address", { label: "New address", hint: `Leave it empty to keep the one at ${view.host}.` })}
      {keysOfContent.map((name) => (
        <Fragment key={name}>{(name !== "hasNames" || view.kind === "webhook") && field(name)}</Fragment>
      ))}
    </>
  ),
  button: "Save the changes",
  submit: ({ actor, params, form: sent, values: { name, address } }) =>
    changeWebhook(actor, params.reference, { name, kind: null, address, ...contentOf(sent) }),
  done: (_, { params }) => `${webhookPath(params.reference)}?done=changed`,
});
