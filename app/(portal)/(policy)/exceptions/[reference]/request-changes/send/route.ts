import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { REQUEST_SECTIONS, type SectionComments } from "#domain/policy/exception/request.ts";
import { requestChanges } from "#server/policy/exception/service.ts";
import { answerCommand } from "#app/(portal)/(policy)/exceptions/[reference]/command-answer.ts";
import { exceptionPath } from "#app/(portal)/(policy)/exceptions/[reference]/command-path.ts";

type Context = { params: Promise<{ reference: string }> };

/** Sends a request back to be changed. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { reference } = await params;
  return receiveForm(request, exceptionPath(reference, "request-changes"), async (actor, form) => {
    const comments: SectionComments = {};
    for (const section of REQUEST_SECTIONS) {
      const comment = form.text(`comment-${section}`);
      if (comment) comments[section] = comment;
    }
    const revision = Number(form.text("revision"));
    const result = await requestChanges(actor, reference, revision, form.text("reason"), comments);
    return answerCommand(actor, reference, result, "changes-requested");
  });
}

export async function GET(_request: Request, { params }: Context): Promise<Response> {
  return seeOther(exceptionPath((await params).reference, "request-changes"));
}
