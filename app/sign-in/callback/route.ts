import { cookies } from "next/headers";
import { seeOther } from "#app/_portal/receive-form.ts";
import { finishProviderSignIn } from "#server/people/directory/service.ts";
import { refusalForLog } from "#domain/access/identity/refusal.ts";
import { refusedPath } from "#app/sign-in/sign-in-path.ts";
import { endCookie, hasBegun } from "#app/sign-in/sign-in-cookies.ts";

/** Where the identity provider sends a browser back to: in, or to the sign-in page with the reason. */
export async function GET(request: Request): Promise<Response> {
  const { search, searchParams } = new URL(request.url);
  const said = searchParams.get("state") ?? "";
  const state = hasBegun(said, await cookies()) ? said : null;
  const answer = await finishProviderSignIn(search, state);
  if (answer === null) return seeOther("/sign-in");
  if (answer.code === "refused") console.warn(refusalForLog(answer.why, answer.detail));
  const response = seeOther(
    answer.code === "signed-in" ? answer.returnTo : refusedPath(answer.returnTo, answer.why, answer.isAgain),
  );
  if (state !== null) response.headers.append("set-cookie", endCookie(state));
  return response;
}
