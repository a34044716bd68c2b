import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { answerDecline } from "#server/policy/acknowledgement/service.ts";

type Context = { params: Promise<{ reference: string }> };

const TOO_LATE = "This decline has been answered already. What you wrote was not sent; you find it below.";

/** Takes the policy owner's answer to a decline. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { reference } = await params;
  const path = formPath(reference);
  return receiveForm(request, path, async (actor, form) => {
    const result = await answerDecline(actor, parseReference("ACK", reference) ?? "", form.text("reply"));
    switch (result.code) {
      case "replied":
        return { to: path };
      case "too-late":
        return { problems: [{ field: "", message: TOO_LATE }] };
      case "invalid":
        return { problems: result.problems };
      case "not-found":
        return null;
    }
  });
}

export async function GET(_: Request, { params }: Context): Promise<Response> {
  return seeOther(formPath((await params).reference));
}

function formPath(reference: string): string {
  return `/acknowledgements/${parseReference("ACK", reference) ?? encodeURIComponent(reference)}/reply`;
}
