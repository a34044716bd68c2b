import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { endOwnSessions } from "#server/access/identity/session.ts";

/** Ends one of one's own sessions, or all others. Field: `which`, an id or "others". */
export async function POST(request: Request): Promise<Response> {
  return receiveForm(request, "/me", async (actor, form) => {
    await endOwnSessions(actor, form.text("which"));
    return { to: "/me#sessions" };
  });
}

export function GET(): Response {
  return seeOther("/me");
}
