import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { momentInWords } from "#domain/base/calendar/calendar.ts";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import { refillFor } from "#app/_portal/form-values.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { Button } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { RadioQuestion } from "#app/_ui/radio-question.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { requireActor } from "#server/access/identity/session.ts";
import { listSigningKeys } from "#server/evidence/signing-key/queries.ts";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const HEADING = "Revoke a key";
const PATH = "/admin/signing-keys/revoke";

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const actor = await requireActor();
  if (!(await listSigningKeys(actor))) return { title: "Page not found" };
  return { title: `${(await refillFor(actor, (await searchParams).kept, PATH)).titlePrefix}${HEADING}` };
}

/** Which key, and why: the last look before it, because nobody can take it back. */
export default async function RevokeKeyPage({ searchParams }: Props) {
  const actor = await requireActor();
  const keys = await listSigningKeys(actor);
  if (!keys) notFound();
  const refill = await refillFor(actor, (await searchParams).kept, PATH);
  const revocable = keys.filter(({ isRevocable }) => isRevocable);
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <Stack>
          <BackLink href="/admin/signing-keys">Signing keys</BackLink>
          <ErrorSummary errors={[...refill.problems]} />
          <PageHeading>{HEADING}</PageHeading>
        </Stack>
        {revocable.length === 0 ? (
          <p>Your body has no key that could be revoked.</p>
        ) : (
          <>
            <Banner tone="warning" title="This cannot be undone">
              <p>
                The published keys say from now on that this one is revoked, and the check of exports goes by that. If
                it signs now, another key is made at once.
              </p>
            </Banner>
            <PostForm actor={actor} action="/admin/signing-keys/revoke/send">
              <RadioQuestion
                name="kid"
                heading={false}
                question="Which key?"
                error={refill.errorOf("kid")}
                options={revocable.map(({ kid, spoken, isCurrent, madeAt }) => ({
                  value: kid,
                  label: <code className="wrap-anywhere">{spoken}</code>,
                  hint: `Made ${momentInWords(madeAt)}.${isCurrent ? " It signs now." : ""}`,
                  checked: refill.isChosen("kid", kid),
                }))}
              />
              <RadioQuestion
                name="because"
                heading={false}
                question="Why?"
                error={refill.errorOf("because")}
                options={[
                  {
                    value: "compromised",
                    label: "Somebody else may have its private half",
                    hint: "Exports that it signed prove nothing any more, whatever their date: somebody else could have signed them. Export those periods again.",
                    checked: refill.isChosen("because", "compromised"),
                  },
                  {
                    value: "superseded",
                    label: "It is no longer needed, and nobody else had it",
                    hint: "What it signed until now stays proven. Nothing that is dated later is.",
                    checked: refill.isChosen("because", "superseded"),
                  },
                ]}
              />
              <Button>Revoke the key for good</Button>
            </PostForm>
          </>
        )}
      </Stack>
    </PortalPage>
  );
}
