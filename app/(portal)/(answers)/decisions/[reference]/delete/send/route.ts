import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { HOLD_ANSWERS } from "#domain/registers/hold/hold.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { deleteOwnReceipt } from "#server/answers/receipt/delete-service.ts";

type Context = { params: Promise<{ reference: string }> };

const STOPPED =
  "It was not deleted, and the governance officers were told that you know of a request or doubt. Keep it until they say that it may go.";

/** Takes the wish to delete a receipt, with what its owner knows of requests. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { reference } = await params;
  return receiveForm(request, pathOf(reference), async (actor, form) => {
    const answer = HOLD_ANSWERS.find((one) => one === form.text("holdAnswer")) ?? null;
    const { code } = await deleteOwnReceipt(actor, reference, answer);
    switch (code) {
      case "done":
        return { to: "/decisions?deleted=1" };
      case "unanswered":
        return { problems: [{ field: "holdAnswer", message: "Say whether anybody has asked for this result." }] };
      case "held":
        return { problems: [{ field: "", message: "A hold concerns you, so it was not deleted." }] };
      case "stopped":
        return { problems: [{ field: "", message: STOPPED }] };
      case "not-found":
        return null;
    }
  });
}

export async function GET(_: Request, { params }: Context): Promise<Response> {
  return seeOther(pathOf((await params).reference));
}

function pathOf(reference: string): string {
  return `/decisions/${parseReference("DEC", reference) ?? encodeURIComponent(reference)}/delete`;
}
