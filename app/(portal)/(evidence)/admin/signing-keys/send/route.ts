import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { rotateSigningKey } from "#server/evidence/signing-key/service.ts";

/** Has a new key sign. Field: `seen`, the name of the key that the page showed. */
export async function POST(request: Request): Promise<Response> {
  return receiveForm(request, "/admin/signing-keys", async (actor, form) => {
    const result = await rotateSigningKey(actor, form.text("seen"));
    return result === "done" ? { to: "/admin/signing-keys?done=1" } : null;
  });
}

export function GET(): Response {
  return seeOther("/admin/signing-keys");
}
