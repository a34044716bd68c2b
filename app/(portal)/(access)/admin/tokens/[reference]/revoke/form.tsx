import type { Route } from "next";
import { redirect } from "next/navigation";
import { tokenPath } from "#app/(portal)/(access)/admin/tokens/token-words.tsx";
import { defineForm, definePage } from "#app/_portal/form/form.tsx";
import { getToken } from "#server/access/api-token/queries.ts";
import { revokeToken } from "#server/access/api-token/service.ts";

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
