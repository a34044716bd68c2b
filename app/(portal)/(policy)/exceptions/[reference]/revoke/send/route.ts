import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { revokeException } from "#server/policy/exception/service.ts";
import { answerCommand } from "#app/(portal)/(policy)/exceptions/[reference]/command-answer.ts";
import { exceptionPath } from "#app/(portal)/(policy)/exceptions/[reference]/command-path.ts";

type Context = { params: Promise<{ reference: string }> };

/** Ends an approved exception before its time. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { reference } = await params;
  return receiveForm(request, exceptionPath(reference, "revoke"), async (actor, form) => {
    const result = await revokeException(actor, reference, form.text("reason"));
    return answerCommand(actor, reference, result, "revoked");
  });
}

export async function GET(_request: Request, { params }: Context): Promise<Response> {
  return seeOther(exceptionPath((await params).reference, "revoke"));
}
