import { definePage, showPage } from "#app/_portal/form/page.ts";
import { ContactList } from "#app/_portal/contact-list.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PrintButton } from "#app/_portal/print-button.tsx";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { Button } from "#app/_ui/button.tsx";
import { Confirmation } from "#app/_ui/confirmation.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { getCertificate, type Certificate } from "#server/policy/acknowledgement/queries.ts";
import { endIfShared, getSharedSeconds } from "#server/access/identity/session.ts";
import { getOwnWithdrawn } from "#server/policy/acknowledgement/paper-queries.ts";
import { CertificateRows } from "./certificate-rows.tsx";
import { WITHDRAWN, WithdrawnAnswer } from "./withdrawn-answer.tsx";

/** One sheet of A4, however long a reason and its answer are. */
const ON_PAPER =
  "print:[page:receipt] print:space-y-[6pt] print:text-[9pt] print:leading-[1.25] print:[--text-small:8pt] print:[--text-title:14pt] print:**:max-w-none print:[&_dl>div]:py-[2pt]";

const page = definePage({
  path: "/acknowledgements/[reference]",
  read: async ({ actor, params: { reference } }) =>
    (await getCertificate(actor, reference)) ?? (await getOwnWithdrawn(actor, reference)),
  heading({ view, query }) {
    if ("withdrawn" in view) return WITHDRAWN;
    return query["done"] ? confirmationOf(view) : headingOf(view);
  },
});

/** The confirmation, right after the answer; later its certificate, which a decline has none of. For who answered. */
const { generateMetadata, Page } = showPage(page, async ({ actor, view: certificate, query: { done, already } }) => {
  if ("withdrawn" in certificate)
    return (
      <PortalPage actor={actor}>
        <WithdrawnAnswer recording={certificate} />
      </PortalPage>
    );
  if (done) await endIfShared();
  const isShared = (await getSharedSeconds()) !== null;
  const { reference, answer, version, policy, contacts } = certificate;
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        {done ? (
          <div className="no-print space-y-6">
            <Confirmation title={confirmationOf(certificate)} reference={reference} />
            {isShared && (
              <form method="post" action="/sign-out">
                <Button>Finish and sign out</Button>
              </form>
            )}
            <Section title="What happens next">
              <NextSteps certificate={certificate} />
            </Section>
            <Section title="Who to contact">
              <ContactList contacts={contacts} />
            </Section>
          </div>
        ) : (
          <BackLink href="/acknowledgements">Your acknowledgements</BackLink>
        )}
        {already && (
          <Banner tone="warning" title="Your earlier answer still counts">
            <p>
              {answer === "accepted"
                ? `You had already accepted version ${version}. An acceptance is final for its version, so nothing was changed.`
                : `You had already declined version ${version}. Nothing was changed.`}
            </p>
          </Banner>
        )}
        <article data-paper="" className={`space-y-6 ${ON_PAPER}`}>
          {done ? (
            <h2>{answer === "accepted" ? "Your certificate" : "Confirmation that you declined"}</h2>
          ) : (
            <PageHeading kicker={`${answer === "accepted" ? "Certificate" : "Confirmation"} ${reference}`}>
              {headingOf(certificate)}
            </PageHeading>
          )}
          <CertificateRows certificate={certificate} person={actor.name} />
        </article>
        {certificate.paper && (
          <p className="no-print">
            Is this not what you answered? Tell {certificate.recordedBy ?? "a governance officer"}: they can withdraw
            it.
          </p>
        )}
        <PrintButton />
        <p className="no-print">
          <Link href={`/policies/${policy}`}>Read the policy</Link> · <Link href="/tasks">See your tasks</Link>
        </p>
      </Stack>
    </PortalPage>
  );
});
export { generateMetadata, Page as default };

function confirmationOf({ answer }: Certificate): string {
  return answer === "accepted" ? "You have accepted the policy" : "You have declined the policy";
}

function headingOf({ answer, title, version, paper }: Certificate): string {
  return `You ${answer} “${title}”, version ${version}${paper ? ", on paper" : ""}`;
}

function NextSteps({ certificate: { answer, policy, isDraft } }: { certificate: Certificate }) {
  if (answer === "declined")
    return (
      <ul>
        <li>The policy owner of your employer gets your reason, with your name, role and team.</li>
        <li>The answer appears in your tasks. You are then asked again.</li>
        <li>{isDraft ? "Until then, the draft is not in force." : "Until then, the policy applies to you."}</li>
        <li>
          You can still <Link href={`/policies/${policy}/acknowledge`}>accept it</Link> at any time.
        </li>
      </ul>
    );
  return (
    <ul>
      <li>You do not need to do anything else.</li>
      <li>
        {isDraft
          ? "You accepted a draft. You are asked again when a version comes into force."
          : "You are asked again when a new version changes what you may do."}
      </li>
      <li>
        You can find this certificate under <Link href="/acknowledgements">your acknowledgements</Link>.
      </li>
    </ul>
  );
}
