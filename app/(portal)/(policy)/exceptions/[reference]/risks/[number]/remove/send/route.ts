import { receiveSection, toSectionPage } from "#app/_exception/receive-section.ts";
import { removeRisk } from "#server/policy/exception/draft-service.ts";

type Context = { params: Promise<{ reference: string; number: string }> };

export const GET = (request: Request, context: Context) => toSectionPage(request, context, "risks");

/** Removes the risk that the page showed. */
export const POST = (request: Request, context: Context) =>
  receiveSection(request, context, "risks", "/risks", (actor, { reference }, form) =>
    removeRisk(actor, reference, form.text("risk")),
  );
