"use server";

import type { Route } from "next";
import { redirect } from "next/navigation";
import { safeReturnPath, signInPath } from "#domain/access/return-path.ts";
import { signInAsSamplePerson } from "#server/identity/session.ts";

/** Fields: `personId`, `returnTo`. Leads to `returnTo`, or back to the sign-in page with the reason of a refusal. */
export async function signInAction(form: FormData): Promise<void> {
  const returnTo = safeReturnPath(form.get("returnTo"));
  const personId = form.get("personId");
  const result = await signInAsSamplePerson(
    typeof personId === "string" && /^[\w-]{1,100}$/.test(personId) ? personId : "",
  );
  if (result.ok) redirect(returnTo as Route);
  const refused = result.code === "left" ? "left" : "unknown";
  const back = signInPath(returnTo);
  redirect(`${back}${back.includes("?") ? "&" : "?"}refused=${refused}` as Route);
}
