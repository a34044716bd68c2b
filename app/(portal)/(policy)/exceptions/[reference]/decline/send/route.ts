import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { declineException } from "#server/policy/exception/service.ts";
import { answerCommand } from "#app/(portal)/(policy)/exceptions/[reference]/command-answer.ts";
import { exceptionPath } from "#app/(portal)/(policy)/exceptions/[reference]/command-path.ts";

type Context = { params: Promise<{ reference: string }> };

/** Declines a request. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { reference } = await params;
  return receiveForm(request, exceptionPath(reference, "decline"), async (actor, form) => {
    const result = await declineException(actor, reference, Number(form.text("revision")), form.text("reason"));
    return answerCommand(actor, reference, result, "declined");
  });
}

export async function GET(_request: Request, { params }: Context): Promise<Response> {
  return seeOther(exceptionPath((await params).reference, "decline"));
}
