import { cookies } from "next/headers";
import { seeOther } from "#app/_portal/receive-form.ts";
import { safeReturnPath } from "#domain/access/identity/return-path.ts";
import { beginProviderSignIn } from "#server/access/identity/session.ts";
import { refusalForLog } from "#domain/access/identity/refusal.ts";
import { refusedPath } from "#app/sign-in/sign-in-path.ts";
import { beginCookies, isSharedDevice, keepShared } from "#app/sign-in/sign-in-cookies.ts";

/**
 * Redirects to the identity provider. Query: `returnTo`; `again` if a signed-in person has to prove again who they are; `shared` at a
 * shared device.
 */
export async function GET(request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const returnTo = safeReturnPath(query.get("returnTo"));
  const isAgain = query.has("again");
  const sent = await cookies();
  const isShared = isSharedDevice(sent, query.get("shared") ?? (isAgain ? undefined : "0"));
  const begun = await beginProviderSignIn(returnTo, isAgain, isShared);
  if (begun === null) return seeOther("/sign-in");
  if ("why" in begun) {
    console.warn(refusalForLog(begun.why, begun.detail));
    return seeOther(refusedPath(returnTo, begun.why, isAgain));
  }
  const response = seeOther(begun.url);
  for (const cookie of beginCookies(begun.state, sent.getAll())) response.headers.append("set-cookie", cookie);
  return keepShared(response, sent, isShared);
}
