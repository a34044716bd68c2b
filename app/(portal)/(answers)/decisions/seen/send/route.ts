import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { markSeen } from "#server/answers/receipt/service.ts";

/** Takes that somebody has looked at what new versions say of their kept results: all, or those of one `policy`. */
export async function POST(request: Request): Promise<Response> {
  return receiveForm(request, "/decisions", async (actor, form) => {
    await markSeen(actor, { policy: form.text("policy") || undefined });
    return { to: "/decisions" };
  });
}

export function GET(): Response {
  return seeOther("/decisions");
}
