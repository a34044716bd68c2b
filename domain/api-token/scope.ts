/** What a program may do with its token (issue 5, point 10). */

export const API_SCOPES = ["policies:read", "evaluate", "outcomes:read"] as const;
export type ApiScope = (typeof API_SCOPES)[number];

/** What each lets a program do, for the form and the list of tokens. */
export const API_SCOPE_WORDS: Readonly<Record<ApiScope, string>> = {
  "policies:read": "Read policies, versions, clauses and questions",
  evaluate: "Ask for the verdict of a situation",
  "outcomes:read": "Read every outcome of a policy at once",
};

export function isApiScope(text: string): text is ApiScope {
  return API_SCOPES.some((scope) => scope === text);
}
