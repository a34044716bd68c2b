import { webhookPath } from "#app/(portal)/(evidence)/admin/webhooks/webhook-fields.tsx";
import { defineFormPage, definePage } from "#app/_portal/form/form.tsx";
import { getWebhook } from "#server/evidence/webhook/queries.ts";
import { deleteWebhook } from "#server/evidence/webhook/service.ts";

const page = definePage({
  path: "/admin/webhooks/[reference]/delete",
  reference: "HOK",
  read: ({ actor, params }) => getWebhook(actor, params.reference),
  heading: ({ view }) => `Delete the address for ${view.name}?`,
  back: ({ view }) => ({ href: webhookPath(view.reference), label: view.name }),
  intro: <p>Events that wait for it, or that it did not take, are not sent any more. This cannot be undone.</p>,
});

/** The confirmation before an address and what waits for it are gone. */
export const { generateMetadata, Page, GET, POST } = defineFormPage(page, {
  fields: {},
  button: "Delete the address",
  submit: ({ actor, params }) => deleteWebhook(actor, params.reference),
  done: "/admin/webhooks?done=deleted",
});
