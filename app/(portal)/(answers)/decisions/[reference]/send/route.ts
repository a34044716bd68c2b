import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { keepToShow } from "#server/access/shown-once/service.ts";
import { changeReceipt, type ReceiptCommand } from "#server/answers/receipt/service.ts";

type Context = { params: Promise<{ reference: string }> };

const COMMANDS: readonly ReceiptCommand[] = ["share-with-manager", "unshare-with-manager", "make-link", "revoke-link"];

/** Takes what somebody does with a receipt of theirs. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { reference } = await params;
  const path = pathOf(reference);
  return receiveForm(request, path, async (actor, form) => {
    const command = COMMANDS.find((one) => one === form.text("do"));
    if (!command) return null;
    const result = await changeReceipt(actor, reference, command);
    switch (result.code) {
      case "done":
        return {
          to: result.link === null ? `${path}#sharing` : `${path}?link=${await keepToShow(actor, result.link)}#sharing`,
        };
      case "no-manager":
        return {
          problems: [{ field: "sharing", message: "Nobody else manages your team now, so it was not shared." }],
        };
      case "not-found":
        return null;
    }
  });
}

export async function GET(_: Request, { params }: Context): Promise<Response> {
  return seeOther(pathOf((await params).reference));
}

function pathOf(reference: string): string {
  return `/decisions/${parseReference("DEC", reference) ?? encodeURIComponent(reference)}`;
}
