import { text } from "#app/_portal/form/field.tsx";
import { defineForm } from "#app/_portal/form/form.tsx";
import { definePage } from "#app/_portal/form/page.ts";
import { Button } from "#app/_ui/button.tsx";
import { Confirmation } from "#app/_ui/confirmation.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Section } from "#app/_ui/section.tsx";
import { CONSENT_FIELDS } from "../consent-fields.tsx";
import { getConsent } from "#server/registers/consent/queries.ts";
import { CORRECTION_FIELDS, CORRECTION_FORM } from "#app/(portal)/(registers)/_correction/corrections.tsx";
import { correctConsent, retirePhoto, withdrawPhotoConsent } from "#server/registers/consent/service.ts";

const RECORDED = "You have recorded the consent";

/** One photo consent. */
export const page = definePage({
  path: "/photos/[reference]",
  reference: "PHO",
  async read({ actor, params, query }) {
    const consent = await getConsent(actor, params.reference);
    return consent && { ...consent, isDone: Boolean(query["done"]) && consent.isMine && consent.state === "valid" };
  },
  heading: ({ view }) => (view.isDone ? RECORDED : `Photo consent ${view.reference}`),
  back: { href: "/photos", label: "Photo consents" },
  confirmation: ({ view: { isDone, reference } }) =>
    isDone && (
      <>
        <Confirmation title={RECORDED} reference={reference} />
        <Section title="What happens next">
          <ul>
            <li>Keep the form. This is only a note of it.</li>
            <li>
              <Link href="/check">The check</Link> offers it to you when you ask about a photo, until it ends or is
              withdrawn.
            </li>
            <li>
              Anybody in the picture can change their mind at any time. If they do, note it here and stop using the
              picture.
            </li>
          </ul>
        </Section>
      </>
    ),
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
  ...CORRECTION_FORM,
  fields: { ...CONSENT_FIELDS, ...CORRECTION_FIELDS },
  stored: ({ view: { name, guardian, givenOn, until, purpose, formReference, corrections } }) => {
    const age = guardian === null ? "adult" : "child";
    return { seen: corrections.length, name, guardian, age, givenOn, until, purpose, formReference };
  },
  submit: ({ actor, params, values: { seen, why, ...draft } }) =>
    correctConsent(actor, params.reference, { seen, why, draft }),
});
