import { Corrections } from "#app/(portal)/(registers)/_correction/corrections.tsx";
import { framedPage } from "#app/_portal/form/form-page.tsx";
import { Moment } from "#app/_portal/moment.tsx";
import { Section } from "#app/_ui/section.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { ConsentTag } from "../register.tsx";
import { correctConsentForm, form, page, retireForm } from "./form.tsx";

const { generateMetadata, Page } = framedPage(page, (shown) => {
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
        <Section title="Is the picture still used?">
          <p>The consent has ended. Take the picture down, or get a new consent and record it.</p>
          {retireForm.show(shown)}
        </Section>
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
        <Section title="Has it been withdrawn?">
          <p>From then on it is no longer offered. Results kept before then still name it.</p>
          {form.show(shown)}
        </Section>
      )}
    </>
  );
});
export { generateMetadata, Page as default };
