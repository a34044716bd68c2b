import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ContactList } from "#app/_portal/contact-list.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PrintButton } from "#app/_portal/print-button.tsx";
import { readOnce } from "#app/_portal/read-once.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { Button } from "#app/_ui/button.tsx";
import { Confirmation } from "#app/_ui/confirmation.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { getCertificate, type Certificate, getOwnWithdrawn } from "#server/policy/acknowledgement/queries.ts";
import { endIfShared, getSharedSeconds, requireActor } from "#server/access/identity/session.ts";
import { CertificateRows } from "./certificate-rows.tsx";
import { WITHDRAWN, WithdrawnAnswer } from "./withdrawn-answer.tsx";

type Props = {
  params: Promise<{ reference: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** One sheet of A4, however long a reason and its answer are. */
const ON_PAPER =
  "print:[page:receipt] print:space-y-[6pt] print:text-[9pt] print:leading-[1.25] print:[--text-small:8pt] print:[--text-title:14pt] print:**:max-w-none print:[&_dl>div]:py-[2pt]";

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { certificate, withdrawn, query } = await readPage(props);
  if (!certificate) return { title: withdrawn ? WITHDRAWN : "Page not found" };
  return { title: query.done ? confirmationOf(certificate) : headingOf(certificate) };
}

/** The confirmation, right after the answer; later its certificate, which a decline has none of. For who answered. */
export default async function AcknowledgementPage(props: Props) {
  const { actor, certificate, withdrawn, query } = await readPage(props);
  if (withdrawn)
    return (
      <PortalPage actor={actor}>
        <WithdrawnAnswer recording={withdrawn} />
      </PortalPage>
    );
  if (!certificate) notFound();
  if (query.done) await endIfShared();
  const isShared = (await getSharedSeconds()) !== null;
  const { done, already } = query;
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
            <Stack as="section">
              <h2>What happens next</h2>
              <NextSteps certificate={certificate} />
            </Stack>
            <Stack as="section">
              <h2>Who to contact</h2>
              <ContactList contacts={contacts} />
            </Stack>
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
}

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

const readPage = readOnce(async ({ params, searchParams }: Props) => {
  const actor = await requireActor();
  const certificate = await getCertificate(actor, (await params).reference);
  const withdrawn = certificate ? null : await getOwnWithdrawn(actor, (await params).reference);
  return { actor, certificate, withdrawn, query: await searchParams };
});
