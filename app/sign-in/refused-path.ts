import { signInPath } from "#domain/access/return-path.ts";

/** The sign-in page, saying why somebody was not let in, and leading on to where they were going. */
export function refusedPath(returnTo: string, why: string): string {
  const path = signInPath(returnTo);
  return `${path}${path.includes("?") ? "&" : "?"}refused=${why}`;
}
