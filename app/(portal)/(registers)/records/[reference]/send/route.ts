import { parseReference } from "#domain/base/reference/reference.ts";
import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { deleteChatCopy } from "#server/registers/record/disposal-service.ts";

type Context = { params: Promise<{ reference: string }> };

const HELD =
  "Do not delete it, and nothing was recorded as deleted. Ask the governance officer first. If it is deleted already, tell them now.";

/** Takes that the copy in the chat was deleted. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { reference } = await params;
  const path = recordPath(reference);
  return receiveForm(request, path, async (actor, form) => {
    const result = await deleteChatCopy(actor, parseReference("REC", reference) ?? "", form.text("holdAnswer"));
    switch (result.code) {
      case "done":
        return { to: path };
      case "held":
        return { problems: [{ field: "holdAnswer", message: HELD }] };
      case "too-late":
        return { problems: [{ field: "", message: "The record was changed meanwhile. Send it again." }] };
      case "invalid":
        return { problems: result.problems };
      case "not-found":
        return null;
    }
  });
}

export async function GET(_: Request, { params }: Context): Promise<Response> {
  return seeOther(recordPath((await params).reference));
}

function recordPath(reference: string): string {
  return `/records/${parseReference("REC", reference) ?? encodeURIComponent(reference)}`;
}
