import { receiveSection, toSectionPage } from "#app/_exception/receive-section.ts";
import { saveWhy } from "#server/policy/exception/draft-service.ts";

type Context = { params: Promise<{ reference: string }> };

export const GET = (request: Request, context: Context) => toSectionPage(request, context, "why");

/** Saves the first part of a request. */
export function POST(request: Request, context: Context): Promise<Response> {
  return receiveSection(request, context, "why", "", (actor, { reference }, form, isLater) => {
    const names = Object.keys(form.values).filter((name) => name.startsWith("clauses"));
    const part = {
      clauses: names.flatMap((name) => form.all(name)),
      justification: form.text("justification"),
      whyNoChannel: form.text("whyNoChannel"),
      dataInvolved: form.text("dataInvolved"),
    };
    return saveWhy(actor, reference, part, isLater);
  });
}
