import { cookies } from "next/headers";
import { seeOther } from "#app/_portal/receive-form.ts";
import { finishProviderSignIn } from "#server/people/directory/service.ts";
import { refusalForLog } from "#app/sign-in/refusals.ts";
import { refusedPath } from "#app/sign-in/sign-in-path.ts";
import { readStateCookie, stateCookie } from "#app/sign-in/sign-in-cookies.ts";

/** Where the identity provider sends a browser back to: in, or to the sign-in page with the reason. */
export async function GET(request: Request): Promise<Response> {
  const state = readStateCookie(await cookies());
  const answer = await finishProviderSignIn(new URL(request.url).search, state);
  if (answer === null) return seeOther("/sign-in");
  if (answer.code === "refused") console.warn(refusalForLog(answer.why));
  const response = seeOther(
    answer.code === "signed-in" ? answer.returnTo : refusedPath(answer.returnTo, answer.why, answer.isAgain),
  );
  response.headers.append("set-cookie", stateCookie(null));
  return response;
}
