import { Moment } from "#app/_portal/moment.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { showPage } from "#app/_portal/form/page.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Confirmation } from "#app/_ui/confirmation.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { ConsentTag } from "../consent-tag.tsx";
import { Corrections } from "#app/(portal)/(registers)/_correction/corrections.tsx";
import { correctConsentForm, form, page, RECORDED, retireForm } from "./form.tsx";

const { generateMetadata, Page } = showPage(page, (shown) => {
  const { actor, formState, view: consent } = shown;
  const { reference, guardian, withdrawnAt, withdrawnBy, withdrawReason, isDone } = consent;
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        {isDone ? (
          <Recorded reference={reference} />
        ) : (
          <Stack>
            <BackLink href="/photos">Photo consents</BackLink>
            <ErrorSummary errors={[...formState.problems]} />
            <PageHeading>Photo consent {reference}</PageHeading>
          </Stack>
        )}
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
          isOpen={formState.isReturned && formState.value("why") !== ""}
        />
        {!withdrawnAt && (
          <Section title="Has it been withdrawn?">
            <p>From then on it is no longer offered. Results kept before then still name it.</p>
            {form.show(shown)}
          </Section>
        )}
      </Stack>
    </PortalPage>
  );
});

function Recorded({ reference }: { reference: string }) {
  return (
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
  );
}

export { generateMetadata, Page as default };
