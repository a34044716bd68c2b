import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { revokeSigningKey } from "#server/evidence/signing-key/service.ts";

/** Revokes a key of the body. Fields: `kid`, its name, and `because`. */
export async function POST(request: Request): Promise<Response> {
  return receiveForm(request, "/admin/signing-keys/revoke", async (actor, form) => {
    const result = await revokeSigningKey(actor, { kid: form.text("kid"), because: form.text("because") });
    if (result.code === "not-found") return null;
    return result.code === "done" ? { to: "/admin/signing-keys?done=revoked" } : { problems: result.problems };
  });
}

export function GET(): Response {
  return seeOther("/admin/signing-keys/revoke");
}
