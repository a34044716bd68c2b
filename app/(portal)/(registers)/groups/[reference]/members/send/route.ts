import { randomUUID } from "node:crypto";
import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { addMember, addOutsider } from "#server/registers/group/member-service.ts";
import { keepToShow } from "#server/access/shown-once/service.ts";
import { answerTo } from "#app/(portal)/(registers)/groups/[reference]/answer.ts";
import { groupPath } from "#app/(portal)/(registers)/groups/[reference]/read-group.ts";

type Context = { params: Promise<{ reference: string }> };

/** Takes whom an administrator adds. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { reference } = await params;
  const path = groupPath(reference, "/members");
  return receiveForm(request, path, async (actor, form) => {
    if (form.text("do") === "add")
      return answerTo(await addMember(actor, reference, form.text("person")), groupPath(reference));
    if (form.text("do") !== "invite") return null;
    const result = await addOutsider(actor, reference, {
      name: form.text("name"),
      organisation: form.text("organisation"),
      role: form.text("role") === "administrator" ? "administrator" : "member",
      startKey: form.text("startKey").slice(0, 100) || randomUUID(),
    });
    if (result.code !== "done") return answerTo(result, path);
    return { to: `${path}?member=${result.memberId}&link=${await keepToShow(actor, result.link)}` };
  });
}

export async function GET(_: Request, { params }: Context): Promise<Response> {
  return seeOther(groupPath((await params).reference, "/members"));
}
