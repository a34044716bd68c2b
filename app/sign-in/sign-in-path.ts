import { signInAgainPath, signInPath } from "#domain/access/identity/return-path.ts";

/**
 * The page to sign in on, saying why somebody was not let in, and leading on to where they were going.
 * @param isAgain whether they are signed in all the same, and were to sign in again
 */
export function refusedPath(returnTo: string, why: string, isAgain = false): string {
  const path = isAgain ? signInAgainPath(returnTo) : signInPath(returnTo);
  return `${path}${path.includes("?") ? "&" : "?"}refused=${why}`;
}

/** Where the way to the identity provider begins. @param isAgain whether who is signed in proves anew who they are */
export function startPath(returnTo: string, isAgain = false): string {
  return `/sign-in/start?${new URLSearchParams({ returnTo, ...(isAgain && { again: "1" }) }).toString()}`;
}
