import { current, text } from "#app/_portal/form/field.tsx";
import { defineForm, refused } from "#app/_portal/form/form.tsx";
import { definePage } from "#app/_portal/form/page.ts";
import { Button } from "#app/_ui/button.tsx";
import { CONSENT_FIELDS } from "../consent-fields.tsx";
import { getConsent } from "#server/registers/consent/queries.ts";
import { CORRECTED_MEANWHILE } from "#app/(portal)/(registers)/_correction/corrections.tsx";
import { correctConsent, retirePhoto, withdrawPhotoConsent } from "#server/registers/consent/service.ts";

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
  do: "withdraw",
  fields: { reason: text("How do you know?", { hint: "“An e-mail of 3 May”, for example.", lines: 2 }) },
  button: <Button look="quiet">Note that it was withdrawn</Button>,
  submit: ({ actor, params, values }) => withdrawPhotoConsent(actor, params.reference, values.reason),
});

/** Says that a picture whose consent has ended is no longer used. */
export const retireForm = defineForm(page, {
  do: "retire",
  fields: {},
  button: "The picture is no longer used",
  submit: ({ actor, params }) => retirePhoto(actor, params.reference),
});

/** Corrects it, or takes somebody off it who is not in the picture. */
export const correctConsentForm = defineForm(page, {
  do: "correct",
  fields: { seen: current(), ...CONSENT_FIELDS, why: text("Why are you correcting it?", { lines: 2 }) },
  stored: ({ view: { name, guardian, givenOn, until, purpose, formReference, corrections } }) => ({
    seen: corrections.length,
    name,
    guardian: guardian ?? "",
    age: guardian === null ? "adult" : "child",
    givenOn,
    until,
    purpose,
    formReference,
  }),
  button: <Button look="quiet">Save the correction</Button>,
  submit: ({ actor, params, values: { seen, why, ...draft } }) =>
    correctConsent(actor, params.reference, { seen: Number(seen), why, draft }),
  done: ({ code }, { path }) => (code === "corrected" ? path : refused(CORRECTED_MEANWHILE)),
});
