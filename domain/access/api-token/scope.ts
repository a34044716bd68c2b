/** What a program may do with its token. */

export const API_SCOPES = ["policies:read", "evaluate", "outcomes:read"] as const;
export type ApiScope = (typeof API_SCOPES)[number];

/** Changing the people and groups of the body (SCIM). It stands alone: such a token opens nothing else. */
export const DIRECTORY_SCOPE = "directory";

export const TOKEN_SCOPES = [...API_SCOPES, DIRECTORY_SCOPE] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

/** What each lets a program do, for the form and the list of tokens. */
export const TOKEN_SCOPE_WORDS: Readonly<Record<TokenScope, string>> = {
  "policies:read": "Read policies, versions, clauses and questions",
  evaluate: "Ask for the verdict of a situation",
  "outcomes:read": "Read every outcome of a policy at once",
  directory: "Change the people of your body (SCIM)",
};

export function isTokenScope(text: string): text is TokenScope {
  return TOKEN_SCOPES.some((scope) => scope === text);
}
