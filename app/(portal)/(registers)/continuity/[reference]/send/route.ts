import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { endActivity } from "#server/registers/continuity/service.ts";

type Context = { params: Promise<{ reference: string }> };

/** Takes the end of a business continuity activity. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { reference } = await params;
  const path = pathOf(reference);
  return receiveForm(request, path, async (actor, form) => {
    const result = await endActivity(actor, parseReference("CON", reference) ?? "", form.text("endReason"));
    switch (result.code) {
      case "ended":
        return { to: path };
      case "too-late":
        return {
          problems: [{ field: "", message: `${result.by} has ended it already. Your reason was not recorded.` }],
        };
      case "invalid":
        return { problems: result.problems };
      case "not-found":
        return null;
    }
  });
}

export async function GET(_: Request, { params }: Context): Promise<Response> {
  return seeOther(pathOf((await params).reference));
}

function pathOf(reference: string): string {
  return `/continuity/${parseReference("CON", reference) ?? encodeURIComponent(reference)}`;
}
