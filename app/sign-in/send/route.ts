import { readForm, seeOther } from "#app/_portal/receive-form.ts";
import { safeReturnPath } from "#domain/access/identity/return-path.ts";
import { FormValues } from "#domain/base/form/form-values.ts";
import { signInAsSamplePerson } from "#server/access/identity/session.ts";
import { refusedPath } from "#app/sign-in/sign-in-path.ts";

/**
 * Fields: `personId`, `returnTo`. Redirects to `returnTo`, or back to the sign-in page with the reason for a refusal.
 */
export async function POST(request: Request): Promise<Response> {
  const read = await readForm(request);
  const form = typeof read === "string" ? new FormValues({}) : read;
  const returnTo = safeReturnPath(form.text("returnTo"));
  const personId = form.text("personId");
  const result = await signInAsSamplePerson(/^[\w-]{1,100}$/.test(personId) ? personId : "");
  if (result.ok) return seeOther(returnTo);
  return seeOther(refusedPath(returnTo, result.code === "left" ? "left" : "not-chosen"));
}

export function GET(): Response {
  return seeOther("/sign-in");
}
