import type { Metadata } from "next";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { CardGrid, LeadCard, LinkCard } from "#app/_ui/card.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { requireActor } from "#server/identity/session.ts";
import { listPolicies } from "#server/policy/queries.ts";
import { STATUS_WORDS } from "#app/_portal/status-words.ts";

export const metadata: Metadata = { title: "Before you send it" };

/** The start page: the answer most people came for first, then the text it rests on. */
export default async function HomePage() {
  const actor = await requireActor();
  const policies = await listPolicies(actor);
  const mine = policies.filter(({ isMine }) => isMine);
  const [only] = mine;
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <PageHeading size="display">Before you send it</PageHeading>
        <CardGrid>
          <LeadCard href="/check" title="May I send this?">
            <p>A few short questions, one clear answer, and the reason for it.</p>
          </LeadCard>
          {mine.length === 1 && only ? (
            <LinkCard href={`/policies/${only.slug}`} title="Read the policy">
              <p>
                {only.title}, version {only.version}. {STATUS_WORDS[only.status]}.
              </p>
            </LinkCard>
          ) : (
            <LinkCard href="/policies" title="Read the policy">
              <p>
                {mine.length === 0
                  ? "Your employer has none here yet. See what others say."
                  : "Choose among your employer's policies."}
              </p>
            </LinkCard>
          )}
          <LinkCard href="/matrix" title="See it in one table">
            <p>Who it is for, how sensitive it is, and what you may do.</p>
          </LinkCard>
          <LinkCard href="/policies" title="All policies">
            <p>{policies.length === 1 ? "One policy" : `${policies.length} policies`} in this portal, yours first.</p>
          </LinkCard>
        </CardGrid>
      </Stack>
    </PortalPage>
  );
}
