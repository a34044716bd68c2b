import "server-only";
import { completeProviderSignIn } from "#server/access/identity/session.ts";
import { addPerson, changePerson } from "./person-change.ts";

/**
 * Signs the browser in as who comes back from the identity provider, with the roles that it says; null in evaluation mode.
 * For route handlers.
 * @param search the query that the provider added to our address
 */
export function finishProviderSignIn(search: string, state: string | null): ReturnType<typeof completeProviderSignIn> {
  return completeProviderSignIn(search, state, { add: addPerson, change: changePerson });
}
