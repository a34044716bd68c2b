import type { Route } from "next";
import { redirect } from "next/navigation";
import { whoDecidesInWords } from "#app/(portal)/(policy)/_exception/deciders.ts";
import { policyOf } from "#app/(portal)/(policy)/_exception/request-parts.tsx";
import { sectionPage } from "#app/(portal)/(policy)/_exception/section-form.tsx";
import { showPage } from "#app/_portal/form/form.tsx";
import { ContactList } from "#app/_portal/contact-list.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { ButtonLink, Cluster, PageSection, PrintHint, Stack } from "#app/_ui/layout.tsx";
import { Confirmation } from "#app/_ui/content.tsx";
import { momentInWords } from "#domain/base/calendar/calendar.ts";

const sentPage = sectionPage({
  path: "/exceptions/[reference]/sent",
  heading: "You have sent your request",
  title: ({ view }) => `You have sent ${view.exception.reference}`,
});

/** Confirms that a request was sent, with what happens next and whom to ask. */
const { generateMetadata, Page } = showPage(sentPage, async ({ actor, view }) => {
  const { exception } = view;
  const { reference, submittedAt } = exception;
  // Not sent, or decided since: the request's own page shows its state.
  if (view.state !== "submitted") redirect(`/exceptions/${reference}` as Route);
  const { policy } = await policyOf(actor, exception);
  return (
    <PortalPage actor={actor} section="exceptions">
      <div className="max-w-form">
        <Stack gap="loose">
          <Confirmation title="You have sent your request" reference={reference}>
            {submittedAt && <p>Sent on {momentInWords(submittedAt)}</p>}
          </Confirmation>
          <PageSection title="What happens next">
            <ul>
              <li>{whoDecidesInWords(view)}</li>
              <li>
                They are asked to answer within {view.rules.target.workingDays} working days: they approve it, decline
                it, or ask you to change it. They always say why.
              </li>
              <li>You see each step on the request’s page. If you are asked for changes, you get a task.</li>
              <li>Until it is approved, the policy applies to you in full.</li>
            </ul>
          </PageSection>
          {policy && (
            <PageSection title="Who to ask">
              <ContactList contacts={policy.body.contacts.slice(0, 1)} />
            </PageSection>
          )}
          <PrintHint />
          <Cluster>
            <ButtonLink href={`/exceptions/${reference}`}>See your request</ButtonLink>
            <ButtonLink href="/exceptions" look="quiet">
              Your exceptions
            </ButtonLink>
          </Cluster>
        </Stack>
      </div>
    </PortalPage>
  );
});
export { generateMetadata, Page as default };
