import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { completeExceptionMitigation } from "#server/policy/exception/service.ts";
import { answerCommand } from "#app/(portal)/(policy)/exceptions/[reference]/command-answer.ts";
import { exceptionPath } from "#app/(portal)/(policy)/exceptions/[reference]/command-path.ts";

type Context = { params: Promise<{ reference: string; mitigation: string }> };

/** Marks a mitigation as done. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { reference, mitigation } = await params;
  return receiveForm(request, exceptionPath(reference), async (actor) => {
    const result = await completeExceptionMitigation(actor, reference, mitigation);
    return answerCommand(actor, reference, result, "mitigation", `#mitigation-${encodeURIComponent(mitigation)}`);
  });
}

export async function GET(_request: Request, { params }: Context): Promise<Response> {
  return seeOther(exceptionPath((await params).reference));
}
