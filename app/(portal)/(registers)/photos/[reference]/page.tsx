import { Moment } from "#app/_portal/moment.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { showPage } from "#app/_portal/form/page.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Confirmation } from "#app/_ui/confirmation.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
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
          rows={[
            { term: "State", value: <ConsentTag state={consent.state} /> },
            { term: "In the picture", value: <bdi>{consent.name}</bdi> },
            ...(guardian ? [{ term: "Agreed on the child’s behalf", value: <bdi>{guardian}</bdi> }] : []),
            { term: "Day on the form", value: dateInWords(consent.givenOn) },
            { term: "May be used for", value: <UserText>{consent.purpose}</UserText> },
            { term: "Until", value: dateInWords(consent.until) },
            { term: "Form", value: <bdi>{consent.formReference}</bdi> },
            { term: "Recorded by", value: consent.isMine ? "You" : consent.person.name },
            { term: "Recorded on", value: <Moment at={consent.recordedAt} /> },
            ...(consent.retiredAt ? [{ term: "No longer used since", value: <Moment at={consent.retiredAt} /> }] : []),
            ...(withdrawnAt
              ? [
                  { term: "Withdrawn on", value: <Moment at={withdrawnAt} /> },
                  { term: "Noted by", value: withdrawnBy?.id === actor.personId ? "You" : withdrawnBy?.name },
                  { term: "How it is known", value: <UserText>{withdrawReason ?? ""}</UserText> },
                ]
              : []),
          ]}
        />
        {consent.state === "ended" && !consent.retiredAt && (
          <Stack as="section">
            <h2>Is the picture still used?</h2>
            <p>The consent has ended. Take the picture down, or get a new consent and record it.</p>
            {retireForm.show(shown)}
          </Stack>
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
          <Stack as="section">
            <h2>Has it been withdrawn?</h2>
            <p>From then on it is no longer offered. Results kept before then still name it.</p>
            {form.show(shown)}
          </Stack>
        )}
      </Stack>
    </PortalPage>
  );
});

function Recorded({ reference }: { reference: string }) {
  return (
    <>
      <Confirmation title={RECORDED} reference={reference} />
      <Stack as="section">
        <h2>What happens next</h2>
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
      </Stack>
    </>
  );
}

export { generateMetadata, Page as default };
