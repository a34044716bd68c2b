import { text } from "#app/_portal/form/field.tsx";
import { defineForm } from "#app/_portal/form/form.tsx";
import { definePage } from "#app/_portal/form/page.ts";
import { Button } from "#app/_ui/button.tsx";
import { getConsent } from "#server/registers/consent/queries.ts";
import { withdrawPhotoConsent } from "#server/registers/consent/service.ts";

export const RECORDED = "You have recorded the consent";

/** One photo consent. */
export const page = definePage({
  path: "/photos/[reference]",
  reference: "PHO",
  async read({ actor, params, query }) {
    const consent = await getConsent(actor, params.reference);
    return consent && { ...consent, isDone: Boolean(query["done"]) && consent.isMine && consent.state === "valid" };
  },
  heading: ({ view }) => (view.isDone ? RECORDED : `Photo consent ${view.reference}`),
});

/** Records that it was withdrawn. */
export const form = defineForm(page, {
  fields: { reason: text("How do you know?", { hint: "“An e-mail of 3 May”, for example.", lines: 2 }) },
  button: <Button look="quiet">Note that it was withdrawn</Button>,
  submit: ({ actor, params, values }) => withdrawPhotoConsent(actor, params.reference, values.reason),
});
