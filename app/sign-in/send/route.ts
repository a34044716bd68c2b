import { cookies } from "next/headers";
import { readForm, seeOther } from "#app/_portal/receive-form.ts";
import { safeReturnPath } from "#domain/access/identity/return-path.ts";
import { FormValues } from "#domain/base/form/form-values.ts";
import { signInAsSamplePerson } from "#server/access/identity/session.ts";
import { keepShared } from "#app/sign-in/sign-in-cookies.ts";
import { refusedPath } from "#app/sign-in/sign-in-path.ts";

/**
 * Fields: `personId`, `returnTo`, and `shared` at a shared device. Redirects to `returnTo`, or back to the sign-in page with the reason for a refusal.
 */
export async function POST(request: Request): Promise<Response> {
  const read = await readForm(request);
  const form = typeof read === "string" ? new FormValues({}) : read;
  const returnTo = safeReturnPath(form.text("returnTo"));
  const personId = form.text("personId");
  const isShared = form.text("shared") === "1";
  const result = await signInAsSamplePerson(/^[\w-]{1,100}$/.test(personId) ? personId : "", isShared);
  const refused = result.ok ? null : result.code === "left" ? "left" : "not-chosen";
  const response = seeOther(refused === null ? returnTo : refusedPath(returnTo, refused));
  return keepShared(response, await cookies(), isShared);
}

export const GET = (): Response => seeOther("/sign-in");
