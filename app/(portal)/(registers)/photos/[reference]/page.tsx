import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Moment } from "#app/_portal/moment.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import { refillFor } from "#app/_portal/form-values.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Button } from "#app/_ui/button.tsx";
import { Confirmation } from "#app/_ui/confirmation.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getConsent } from "#server/registers/consent/queries.ts";
import { ConsentTag } from "../consent-tag.tsx";

type Props = {
  params: Promise<{ reference: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const DONE = "You have recorded the consent";

export async function generateMetadata(props: Props): Promise<Metadata> {
  const page = await readPage(props);
  if (!page) return { title: "Page not found" };
  return { title: page.isDone ? DONE : `${page.refill.titlePrefix}Photo consent ${page.consent.reference}` };
}

/** One photo consent, and how it is withdrawn. */
export default async function ConsentPage(props: Props) {
  const page = await readPage(props);
  if (!page) notFound();
  const { actor, consent, refill, isDone } = page;
  const { reference, guardian, withdrawnAt, withdrawnBy, withdrawReason } = consent;
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        {isDone ? (
          <>
            <Confirmation title={DONE} reference={reference} />
            <Stack as="section">
              <h2>What happens next</h2>
              <ul>
                <li>Keep the form. This is only a note of it.</li>
                <li>
                  <Link href="/check">Check a message</Link> offers it to you when you ask about a photo, until it ends
                  or is withdrawn.
                </li>
                <li>
                  Whoever is in the picture can change their mind at any time. Note it here then, and stop using it.
                </li>
              </ul>
            </Stack>
          </>
        ) : (
          <Stack>
            <BackLink href="/photos">Photo consents</BackLink>
            <ErrorSummary errors={[...refill.problems]} />
            <PageHeading>Photo consent {reference}</PageHeading>
          </Stack>
        )}
        <SummaryList
          rows={[
            { term: "State", value: <ConsentTag state={consent.state} /> },
            { term: "In the picture", value: <bdi>{consent.name}</bdi> },
            ...(guardian ? [{ term: "Agreed for the child", value: <bdi>{guardian}</bdi> }] : []),
            { term: "Day on the form", value: dateInWords(consent.givenOn) },
            { term: "May be used for", value: <UserText>{consent.purpose}</UserText> },
            { term: "Until", value: dateInWords(consent.until) },
            { term: "Form", value: <bdi>{consent.formReference}</bdi> },
            { term: "Recorded by", value: consent.isMine ? "You" : consent.person.name },
            { term: "Recorded on", value: <Moment at={consent.recordedAt} /> },
            ...(withdrawnAt
              ? [
                  { term: "Withdrawn on", value: <Moment at={withdrawnAt} /> },
                  { term: "Noted by", value: withdrawnBy?.id === actor.personId ? "You" : withdrawnBy?.name },
                  { term: "How it is known", value: <UserText>{withdrawReason ?? ""}</UserText> },
                ]
              : []),
          ]}
        />
        {!withdrawnAt && (
          <Stack as="section">
            <h2>It was withdrawn?</h2>
            <p>From then on it is not offered any more. Results that were kept before name it still.</p>
            <PostForm actor={actor} action={`/photos/${reference}/send`}>
              <TextField
                name="reason"
                label="How do you know?"
                hint="“An e-mail of 3 May”, for example."
                lines={2}
                defaultValue={refill.value("reason")}
                error={refill.errorOf("reason")}
              />
              <Button look="quiet">Note that it was withdrawn</Button>
            </PostForm>
          </Stack>
        )}
      </Stack>
    </PortalPage>
  );
}

async function readPage({ params, searchParams }: Props) {
  const actor = await requireActor();
  const consent = await getConsent(actor, (await params).reference);
  if (!consent) return null;
  const { kept, done } = await searchParams;
  const refill = await refillFor(actor, kept, `/photos/${consent.reference}`);
  return { actor, consent, refill, isDone: Boolean(done) && consent.isMine && consent.state === "valid" };
}
