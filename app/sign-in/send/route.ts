import { isForeign, readForm, refuseForeign, seeOther } from "#app/_portal/receive-form.ts";
import { safeReturnPath, signInPath } from "#domain/access/return-path.ts";
import { FormValues } from "#domain/form/form-values.ts";
import { signInAsSamplePerson } from "#server/identity/session.ts";

/** Fields: `personId`, `returnTo`. Leads to `returnTo`, or back to the sign-in page with the reason of a refusal. */
export async function POST(request: Request): Promise<Response> {
  if (isForeign(request)) return refuseForeign();
  const read = await readForm(request);
  const form = typeof read === "string" ? new FormValues({}) : read;
  const returnTo = safeReturnPath(form.text("returnTo"));
  const personId = form.text("personId");
  const result = await signInAsSamplePerson(/^[\w-]{1,100}$/.test(personId) ? personId : "");
  if (result.ok) return seeOther(returnTo);
  const refused = result.code === "left" ? "left" : "unknown";
  const back = signInPath(returnTo);
  return seeOther(`${back}${back.includes("?") ? "&" : "?"}refused=${refused}`);
}

export function GET(): Response {
  return seeOther("/sign-in");
}
