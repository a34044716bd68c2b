import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { INCIDENT_STEP_NAMES } from "#domain/registers/incident/step.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { answerStep } from "#server/registers/incident/service.ts";

type Context = { params: Promise<{ reference: string; step: string }> };

/** Saves a step of one's own report, and goes on to what is left. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { reference, step: name } = await params;
  const known = parseReference("INC", reference) ?? "";
  const step = INCIDENT_STEP_NAMES.find((one) => one === name);
  return receiveForm(request, formPath(reference, name), async (actor, form) => {
    if (!step) return null;
    const result = await answerStep(actor, known, step, form);
    switch (result.code) {
      case "saved":
        return { to: `/incidents/${known}${result.next ? `/steps/${result.next}` : "?done=1"}` };
      case "closed":
        return { to: `/incidents/${known}` };
      case "invalid":
        return { problems: result.problems };
      case "not-found":
        return null;
    }
  });
}

export async function GET(_: Request, { params }: Context): Promise<Response> {
  const { reference, step } = await params;
  return seeOther(formPath(reference, step));
}

function formPath(reference: string, step: string): string {
  return `/incidents/${parseReference("INC", reference) ?? encodeURIComponent(reference)}/steps/${encodeURIComponent(step)}`;
}
