import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { closeGroup } from "#server/registers/group/register-service.ts";
import { answerTo } from "#app/(portal)/(registers)/groups/[reference]/answer.ts";
import { groupPath } from "#app/(portal)/(registers)/groups/[reference]/read-group.ts";

type Context = { params: Promise<{ reference: string }> };

/** Closes a group in the register. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { reference } = await params;
  return receiveForm(request, groupPath(reference, "/close"), async (actor, form) => {
    const result = await closeGroup(actor, reference, form.text("reason"));
    // The page to close it is gone with it.
    if (result.code === "refused") return { to: groupPath(reference) };
    return answerTo(result, groupPath(reference));
  });
}

export async function GET(_: Request, { params }: Context): Promise<Response> {
  return seeOther(groupPath((await params).reference, "/close"));
}
