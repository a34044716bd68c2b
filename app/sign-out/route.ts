import { isForeign, refuseForeign, seeOther } from "#app/_portal/receive-form.ts";
import { signOut } from "#server/identity/session.ts";

/** Ends the session and leads to the sign-in page. */
export async function POST(request: Request): Promise<Response> {
  if (isForeign(request)) return refuseForeign();
  await signOut();
  return seeOther("/sign-in");
}

/** An address alone signs nobody out. */
export function GET(): Response {
  return seeOther("/");
}
