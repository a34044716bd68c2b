import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { GROUP_DECISIONS, decideGroup } from "#server/registers/group/register-service.ts";
import { getChatGroup } from "#server/registers/group/view-queries.ts";
import { answerTo } from "#app/(portal)/(registers)/groups/[reference]/answer.ts";
import { groupPath } from "#app/(portal)/(registers)/groups/[reference]/read-group.ts";

type Context = { params: Promise<{ reference: string }> };

/** Takes an officer's decision. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { reference } = await params;
  return receiveForm(request, groupPath(reference, "/decide"), async (actor, form) => {
    const decision = GROUP_DECISIONS.find((one) => one === form.text("decision"));
    if (!decision)
      return (await getChatGroup(actor, reference))?.may.has("approve")
        ? { problems: [{ field: "decision", message: "Choose what you decide." }] }
        : null;
    const sent = { decision, reason: form.text("reason"), revision: Number(form.text("revision")) || 0 };
    const result = await decideGroup(actor, reference, sent);
    return answerTo(result, groupPath(reference));
  });
}

export async function GET(_: Request, { params }: Context): Promise<Response> {
  return seeOther(groupPath((await params).reference, "/decide"));
}
