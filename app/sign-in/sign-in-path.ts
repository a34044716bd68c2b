import { signInAgainPath, signInPath } from "#domain/access/identity/return-path.ts";

/**
 * The sign-in page, saying why somebody was refused, and leading on to where they were going.
 * @param isAgain whether they are signed in already, and had to sign in again
 */
export function refusedPath(returnTo: string, why: string, isAgain = false): string {
  const path = isAgain ? signInAgainPath(returnTo) : signInPath(returnTo);
  return `${path}${path.includes("?") ? "&" : "?"}refused=${why}`;
}

/**
 * Where the redirect to the identity provider starts. @param isAgain whether a signed-in person proves again who they
 * are
 */
export const startPath = (returnTo: string, isAgain = false, isShared = false): string =>
  `/sign-in/start?${new URLSearchParams({ returnTo, ...(isAgain && { again: "1" }), ...(isShared && { shared: "1" }) }).toString()}`;
