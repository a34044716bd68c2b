import { parseReference } from "#domain/base/reference/reference.ts";

/** Address of the form that makes a token's replacement. */
export function nextTokenPath(reference: string): string {
  return `/admin/tokens/new?follows=${reference}`;
}

/** Address of a token's page, or of a page below it. */
export function tokenPath(reference: string, below?: "revoke"): string {
  const path = `/admin/tokens/${parseReference("TOK", reference) ?? encodeURIComponent(reference)}`;
  return below ? `${path}/${below}` : path;
}
