import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { revokeToken } from "#server/access/api-token/service.ts";
import { tokenPath } from "#app/(portal)/(access)/admin/tokens/token-path.ts";

type Context = { params: Promise<{ reference: string }> };

/** Ends a token at once. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { reference } = await params;
  return receiveForm(request, tokenPath(reference, "revoke"), async (actor) => {
    const result = await revokeToken(actor, reference);
    return result === "revoked" ? { to: tokenPath(reference) } : null;
  });
}

export async function GET(_: Request, { params }: Context): Promise<Response> {
  return seeOther(tokenPath((await params).reference));
}
