import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { withdrawException } from "#server/policy/exception/service.ts";
import { answerCommand } from "#app/(portal)/(policy)/exceptions/[reference]/command-answer.ts";
import { exceptionPath } from "#app/(portal)/(policy)/exceptions/[reference]/command-path.ts";

type Context = { params: Promise<{ reference: string }> };

/** Takes a request, or an approved exception, back. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { reference } = await params;
  return receiveForm(request, exceptionPath(reference, "withdraw"), async (actor, form) => {
    const result = await withdrawException(actor, reference, form.text("reason"));
    return answerCommand(actor, reference, result, "withdrawn");
  });
}

export async function GET(_request: Request, { params }: Context): Promise<Response> {
  return seeOther(exceptionPath((await params).reference, "withdraw"));
}
