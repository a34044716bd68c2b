import { seeOther } from "#app/_portal/receive-form.ts";
import { safeReturnPath } from "#domain/access/return-path.ts";
import { beginProviderSignIn } from "#server/identity/session.ts";
import { refusedPath } from "../refused-path.ts";
import { stateCookie } from "../state-cookie.ts";

/** Leads to the identity provider. Query: `returnTo`. */
export async function GET(request: Request): Promise<Response> {
  const returnTo = safeReturnPath(new URL(request.url).searchParams.get("returnTo"));
  const begun = await beginProviderSignIn(returnTo);
  if (begun === null) return seeOther("/sign-in");
  if (begun === "unreachable") return seeOther(refusedPath(returnTo, "unreachable"));
  return new Response(null, { status: 303, headers: { location: begun.url, "set-cookie": stateCookie(begun.state) } });
}
