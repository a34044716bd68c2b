import type { HttpVisit } from "./http-visit.ts";

/** What the form of a new token sends. */
export const TOKEN_FIELDS = { name: "Intranet home page", scopes: ["policies:read", "evaluate"], days: "30" };

/** Makes a token for a program. @returns its reference */
export async function makeToken(administrator: HttpVisit): Promise<string> {
  const location = await administrator.send("/admin/tokens/new/send", TOKEN_FIELDS);
  const reference = /TOK-\w{4}-\w{4}/.exec(location)?.[0];
  if (!reference) throw new Error(`The token has no reference: ${location}.`);
  return reference;
}
