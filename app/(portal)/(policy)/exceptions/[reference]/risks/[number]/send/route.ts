import { receiveSection, toSectionPage } from "#app/_exception/receive-section.ts";
import { seeOther } from "#app/_portal/receive-form.ts";
import { receiveRisk } from "#app/(portal)/(policy)/exceptions/[reference]/risks/receive-risk.ts";
import { isRiskNumber } from "../read-risk.ts";

type Context = { params: Promise<{ reference: string; number: string }> };

export async function GET(request: Request, context: Context): Promise<Response> {
  const { number } = await context.params;
  return isRiskNumber(number) ? toSectionPage(request, context, `risks/${number}`) : seeOther("/exceptions");
}

/** Saves a change of one risk; which one, its form says, because numbers move when one is removed. */
export async function POST(request: Request, context: Context): Promise<Response> {
  const { number } = await context.params;
  if (!isRiskNumber(number)) return new Response(null, { status: 404 });
  return receiveSection(request, context, `risks/${number}`, "/risks", receiveRisk);
}
