import { receiveSection, toSectionPage } from "#app/_exception/receive-section.ts";
import { receiveRisk } from "#app/(portal)/(policy)/exceptions/[reference]/risks/receive-risk.ts";

type Context = { params: Promise<{ reference: string }> };

export const GET = (request: Request, context: Context) => toSectionPage(request, context, "risks/new");

/** Adds a risk. */
export const POST = (request: Request, context: Context) =>
  receiveSection(request, context, "risks/new", "/risks", receiveRisk);
