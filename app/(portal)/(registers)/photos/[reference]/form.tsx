import { CORRECTION_FIELDS, CORRECTION_FORM, Corrections } from "#app/(portal)/(registers)/_correction/corrections.tsx";
import { text } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, formsPage } from "#app/_portal/form/form.tsx";
import { Moment } from "#app/_portal/portal-page.tsx";
import { Button, Link, PageSection } from "#app/_ui/layout.tsx";
import { Confirmation, SummaryList, UserText } from "#app/_ui/content.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { getConsent } from "#server/registers/consent/queries.ts";
import { correctConsent, retirePhoto, withdrawConsent } from "#server/registers/consent/service.ts";
import { CONSENT_FIELDS } from "../consent-fields.tsx";
import { ConsentTag } from "../register.tsx";

const RECORDED = "You have recorded the consent";

const page = definePage({
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
        <PageSection title="What happens next">
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
        </PageSection>
      </>
    ),
});

const form = defineForm(page, {
  do: "withdraw",
  fields: { reason: text("How do you know?", { hint: "“An e-mail of 3 May”, for example.", lines: 2 }) },
  button: <Button look="quiet">Note that it was withdrawn</Button>,
  submit: ({ actor, params, values }) => withdrawConsent(actor, params.reference, values.reason),
});

/** Says that a picture whose consent has ended is no longer used. */
const retireForm = defineForm(page, {
  do: "retire",
  fields: {},
  button: "The picture is no longer used",
  submit: ({ actor, params }) => retirePhoto(actor, params.reference),
});

/** Corrects it, or takes somebody off it who is not in the picture. */
const correctConsentForm = defineForm(page, {
  ...CORRECTION_FORM,
  fields: { ...CONSENT_FIELDS, ...CORRECTION_FIELDS },
  stored: ({ view: { name, guardian, givenOn, until, purpose, formReference, corrections } }) => {
    const age = guardian === null ? "adult" : "child";
    return { seen: corrections.length, name, guardian, age, givenOn, until, purpose, formReference };
  },
  submit: ({ actor, params, values: { seen, why, ...draft } }) =>
    correctConsent(actor, params.reference, { seen, why, draft }),
});

export const { generateMetadata, Page, GET, POST } = formsPage(
  page,
  [form, retireForm, correctConsentForm],
  (shown) => {
    const { actor, formState, view: consent } = shown;
    const { guardian, withdrawnAt, withdrawnBy, withdrawReason } = consent;
    return (
      <>
        <SummaryList
          rows={{
            State: <ConsentTag state={consent.state} />,
            "In the picture": <bdi>{consent.name}</bdi>,
            "Agreed on the child’s behalf": guardian && <bdi>{guardian}</bdi>,
            "Day on the form": dateInWords(consent.givenOn),
            "May be used for": <UserText>{consent.purpose}</UserText>,
            Until: dateInWords(consent.until),
            Form: <bdi>{consent.formReference}</bdi>,
            "Recorded by": consent.isMine ? "You" : consent.person.name,
            "Recorded on": <Moment at={consent.recordedAt} />,
            "No longer used since": consent.retiredAt && <Moment at={consent.retiredAt} />,
            "Withdrawn on": withdrawnAt && <Moment at={withdrawnAt} />,
            "Noted by": withdrawnAt && (withdrawnBy?.id === actor.personId ? "You" : withdrawnBy?.name),
            "How it is known": withdrawnAt && <UserText>{withdrawReason ?? ""}</UserText>,
          }}
        />
        {consent.state === "ended" && !consent.retiredAt && (
          <PageSection title="Is the picture still used?">
            <p>The consent has ended. Take the picture down, or get a new consent and record it.</p>
            {retireForm.show(shown)}
          </PageSection>
        )}
        <Corrections
          corrections={consent.corrections}
          names={{
            name: "In the picture",
            guardian: "Agreed on the child’s behalf",
            givenOn: "Day on the form",
            until: "Until",
            purpose: "May be used for",
            formReference: "Form",
          }}
          form={correctConsentForm.show(shown)}
          formState={formState}
        />
        {!withdrawnAt && (
          <PageSection title="Has it been withdrawn?">
            <p>From then on it is no longer offered. Results kept before then still name it.</p>
            {form.show(shown)}
          </PageSection>
        )}
      </>
    );
  },
);
