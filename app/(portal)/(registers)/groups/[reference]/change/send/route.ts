import { readAbout, readMessages } from "#app/_group/read-entry.ts";
import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { changeEntry } from "#server/registers/group/register-service.ts";
import { getChatGroup } from "#server/registers/group/view-queries.ts";
import { answerTo } from "#app/(portal)/(registers)/groups/[reference]/answer.ts";
import { groupPath } from "#app/(portal)/(registers)/groups/[reference]/read-group.ts";

type Context = { params: Promise<{ reference: string }> };

/** Takes what the register is to say of a group from now on. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { reference } = await params;
  return receiveForm(request, groupPath(reference, "/change"), async (actor, form) => {
    const read = readMessages(form);
    if ("problems" in read) {
      const group = await getChatGroup(actor, reference);
      return group?.may.has("change") ? { problems: read.problems } : null;
    }
    const sent = { ...readAbout(form), ...read.messages, reason: form.text("reason") };
    const result = await changeEntry(actor, reference, { ...sent, revision: Number(form.text("revision")) || 0 });
    return answerTo(result, groupPath(reference));
  });
}

export async function GET(_: Request, { params }: Context): Promise<Response> {
  return seeOther(groupPath((await params).reference, "/change"));
}
