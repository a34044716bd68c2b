import { choice, startKey } from "#app/_portal/form/field.tsx";
import { defineFormPage, definePage } from "#app/_portal/form/form.tsx";
import { can } from "#domain/access/permission/permission.ts";
import { WEBHOOK_KINDS } from "#domain/evidence/webhook/webhook.ts";
import { keepToShow } from "#server/access/shown-once/service.ts";
import { makeWebhook } from "#server/evidence/webhook/service.ts";
import { addressField, contentFields, contentOf, nameField, webhookPath } from "../webhook-fields.tsx";

const page = definePage({
  path: "/admin/webhooks/new",
  read: ({ actor }) => can(actor, "webhook.manage", actor) || null,
  heading: "Name an address",
  back: { href: "/admin/webhooks", label: "Webhooks" },
});

/** An address outside and what goes there; leads to its page, which shows the secret of a program once. */
export const { generateMetadata, Page, GET, POST } = defineFormPage(page, {
  fields: {
    startKey: startKey(),
    name: nameField,
    kind: choice("What is at the address?", WEBHOOK_KINDS),
    address: addressField,
    ...contentFields,
  },
  button: "Name the address",
  submit: ({ actor, form: sent, values: { startKey, name, kind, address } }) =>
    makeWebhook(actor, { name, kind, address, ...contentOf(sent) }, startKey),
  async done(result, { actor }) {
    const show = result.secret === null ? "" : `?show=${await keepToShow(actor, result.secret)}`;
    return `${webhookPath(result.reference)}${show}`;
  },
});
