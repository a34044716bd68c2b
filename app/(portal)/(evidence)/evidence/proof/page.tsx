import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { BackLink, PageHeading, Prose, Stack, Lines } from "#app/_ui/layout.tsx";
import { PROOF_HEADING, PROOF_SECTIONS, proofParts } from "#domain/evidence/journal/proof.ts";
import { mayReadProof } from "#server/evidence/journal/queries.ts";
import { requireActor } from "#server/access/identity/session.ts";

export const metadata: Metadata = { title: PROOF_HEADING };

/** The page that comes with every export, word for word. */
export default async function ProofPage() {
  const actor = await requireActor();
  if (!mayReadProof(actor)) notFound();
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <Stack>
          <BackLink href="/evidence/export">Export the evidence</BackLink>
          <PageHeading>{PROOF_HEADING}</PageHeading>
        </Stack>
        <Prose>
          {PROOF_SECTIONS.map(({ heading, paragraphs = [], points = [] }) => (
            <section key={heading}>
              <h2>{heading}</h2>
              {paragraphs.map((text) => (
                <p key={text}>{withCode(text)}</p>
              ))}
              {points.length > 0 && <Lines lines={points.map((point) => withCode(point))} />}
            </section>
          ))}
        </Prose>
      </Stack>
    </PortalPage>
  );
}

const withCode = (text: string) =>
  proofParts(text).map((part, at) => (at % 2 === 0 ? part : <code key={at}>{part}</code>));
