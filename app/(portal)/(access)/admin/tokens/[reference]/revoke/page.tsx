import type { Metadata } from "next";
import type { Route } from "next";
import { notFound, redirect } from "next/navigation";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { Button } from "#app/_ui/button.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { getToken } from "#server/access/api-token/queries.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { tokenPath } from "#app/(portal)/(access)/admin/tokens/token-path.ts";
import { lastUse, TokenScopes } from "#app/(portal)/(access)/admin/tokens/token-words.tsx";

type Props = { params: Promise<{ reference: string }> };

export async function generateMetadata(props: Props): Promise<Metadata> {
  const page = await readPage(props);
  return { title: page ? `Revoke the token for ${page.token.name}?` : "Page not found" };
}

/** The last look before a program is shut out. */
export default async function RevokeTokenPage(props: Props) {
  const page = await readPage(props);
  if (!page) notFound();
  const { actor, token } = page;
  const { reference, name, scopes, state } = token;
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <Stack>
          <BackLink href={tokenPath(reference)}>Back to the token</BackLink>
          <PageHeading>Revoke the token for {name}?</PageHeading>
        </Stack>
        {state === "active" ? (
          <Banner tone="warning" title="The program is shut out at once">
            <p>Its next request is refused. This cannot be undone; to let it in again, make a new token.</p>
          </Banner>
        ) : (
          <p>It has ended already. If you revoke it, nobody is asked to make the next one.</p>
        )}
        <SummaryList
          rows={[
            { term: "Reference", value: reference },
            { term: "What it may do", value: <TokenScopes scopes={scopes} /> },
            { term: "Last used", value: lastUse(token) },
          ]}
        />
        <PostForm actor={actor} action={`${tokenPath(reference, "revoke")}/send`}>
          <Button>Revoke the token</Button>
        </PostForm>
      </Stack>
    </PortalPage>
  );
}

async function readPage({ params }: Props) {
  const actor = await requireActor();
  const token = await getToken(actor, (await params).reference);
  // Somebody else was quicker: its page says so.
  if (token?.state === "revoked") redirect(tokenPath(token.reference) as Route);
  return token && { actor, token };
}
