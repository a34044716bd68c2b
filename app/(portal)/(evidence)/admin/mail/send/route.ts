import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { sendTestMail } from "#server/evidence/outbox/service.ts";

/** Sends a test mail to whoever asks. */
export async function POST(request: Request): Promise<Response> {
  return receiveForm(request, "/admin/mail", async (actor) => {
    return (await sendTestMail(actor)) === "told" ? { to: "/admin/mail?tested=1" } : null;
  });
}

export function GET(): Response {
  return seeOther("/admin/mail");
}
