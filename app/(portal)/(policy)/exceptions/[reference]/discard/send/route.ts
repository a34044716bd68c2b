import { receiveSection, toSectionPage } from "#app/_exception/receive-section.ts";
import { discardDraft } from "#server/policy/exception/draft-service.ts";

type Context = { params: Promise<{ reference: string }> };

export const GET = (request: Request, context: Context) => toSectionPage(request, context, "discard");

/** Deletes a draft. */
export const POST = (request: Request, context: Context) =>
  receiveSection(request, context, "discard", "", async (actor, { reference }) => {
    const result = await discardDraft(actor, reference);
    return result.ok ? { ok: true, to: "/exceptions" } : result;
  });
