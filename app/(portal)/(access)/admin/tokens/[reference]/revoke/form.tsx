import type { Route } from "next";
import { redirect } from "next/navigation";
import { lastUse, tokenPath, TokenScopes } from "#app/(portal)/(access)/admin/tokens/token-words.tsx";
import { defineForm, definePage, formsPage } from "#app/_portal/form/form.tsx";
import { getToken } from "#server/access/api-token/queries.ts";
import { revokeToken } from "#server/access/api-token/service.ts";
import { Banner, SummaryList } from "#app/_ui/content.tsx";

/** The confirmation before a program is shut out. */
export const page = definePage({
  path: "/admin/tokens/[reference]/revoke",
  reference: "TOK",
  async read({ actor, params }) {
    const token = await getToken(actor, params.reference);
    // Somebody else was faster: the token's page says so.
    if (token?.state === "revoked") redirect(tokenPath(token.reference) as Route);
    return token;
  },
  heading: ({ view }) => `Revoke the token for ${view.name}?`,
  back: ({ params }) => ({ href: tokenPath(params.reference), label: "Back to the token" }),
});

export const form = defineForm(page, {
  fields: {},
  button: "Revoke the token",
  submit: ({ actor, params }) => revokeToken(actor, params.reference),
  done: (_, { params }) => tokenPath(params.reference),
});

export const { generateMetadata, Page, GET, POST } = formsPage(page, [form], (shown) => {
  const { reference, scopes, state } = shown.view;
  return (
    <>
      {state === "active" ? (
        <Banner tone="warning" title="The program loses access at once">
          <p>Its next request is refused. This cannot be undone; to let it in again, make a new token.</p>
        </Banner>
      ) : (
        <p>It has ended already. If you revoke it, nobody is asked to make the next one.</p>
      )}
      <SummaryList
        rows={[
          { term: "Reference", value: reference },
          { term: "What it may do", value: <TokenScopes scopes={scopes} /> },
          { term: "Last used", value: lastUse(shown.view) },
        ]}
      />
      {form.show(shown)}
    </>
  );
});
