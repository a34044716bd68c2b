import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { readDate } from "#domain/base/form/typed-date.ts";
import { approveException } from "#server/policy/exception/service.ts";
import { answerCommand } from "#app/(portal)/(policy)/exceptions/[reference]/command-answer.ts";
import { exceptionPath } from "#app/(portal)/(policy)/exceptions/[reference]/command-path.ts";

type Context = { params: Promise<{ reference: string }> };

/** Approves a request. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { reference } = await params;
  return receiveForm(request, exceptionPath(reference, "approve"), async (actor, form) => {
    const typed = readDate(form, "until", "the last day");
    const lines = form.text("conditions").split("\n");
    const conditions = lines.map((line) => line.trim()).filter((line) => line !== "");
    const until = typed.kind === "day" ? typed.day : null;
    const approval = { reason: form.text("reason"), conditions, until };
    const result = await approveException(actor, reference, Number(form.text("revision")), approval);
    if (!result.ok && result.code === "refused" && typed.kind === "wrong") {
      const { message } = typed;
      return { problems: result.problems.map((one) => (one.field === "until" ? { ...one, message } : one)) };
    }
    return answerCommand(actor, reference, result, "approved");
  });
}

export async function GET(_request: Request, { params }: Context): Promise<Response> {
  return seeOther(exceptionPath((await params).reference, "approve"));
}
