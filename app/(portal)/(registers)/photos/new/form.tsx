import { defineFormPage, definePage } from "#app/_portal/form/form.tsx";
import { startKey } from "#app/_portal/form/field.tsx";
import { recordConsent } from "#server/registers/consent/service.ts";
import { CONSENT_FIELDS, ConsentFormLinks } from "../consent-fields.tsx";

const page = definePage({
  path: "/photos/new",
  read: () => ({}),
  heading: "Record a photo consent",
  back: { href: "/photos", label: "Photo consents" },
  intro: ({ actor }) => (
    <>
      <p>Copy what the form says. One consent for each person.</p>
      <ConsentFormLinks actor={actor} />
    </>
  ),
});

/** The details of the form that somebody in a picture has filled in. */
export const { generateMetadata, Page, GET, POST } = defineFormPage(page, {
  fields: { startKey: startKey(), ...CONSENT_FIELDS },
  button: "Record the consent",
  submit: ({ actor, values: { startKey, ...draft } }) => recordConsent(actor, { startKey, draft }),
  done: ({ reference }) => `/photos/${reference}?done=1`,
});
