import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { markSeen } from "#server/receipt/service.ts";

/** Takes that somebody has looked at what new versions say of all their kept results. */
export async function POST(request: Request): Promise<Response> {
  return receiveForm(request, "/decisions", async (actor) => {
    await markSeen(actor);
    return { to: "/decisions" };
  });
}

export function GET(): Response {
  return seeOther("/decisions");
}
