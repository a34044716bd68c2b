import { cookies } from "next/headers";
import { seeOther } from "#app/_portal/receive-form.ts";
import { isSharedDevice } from "#app/sign-in/sign-in-cookies.ts";
import { hasProvider, signOut } from "#server/access/identity/session.ts";

/** Ends the session here, then at the identity provider; the sign-in page comes last. */
export async function POST(): Promise<Response> {
  await signOut();
  const answer = seeOther(hasProvider() || isSharedDevice(await cookies()) ? "/sign-out/done" : "/sign-in");
  answer.headers.set("clear-site-data", '"prefetchCache", "prerenderCache"'); // pages that the browser prefetched
  return answer;
}

/** A GET signs nobody out. */
export const GET = (): Response => seeOther("/");
