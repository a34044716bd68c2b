import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { readDate } from "#domain/base/form/typed-date.ts";
import { reviewContacts, reviewGroup } from "#server/registers/group/register-service.ts";
import { getChatGroup } from "#server/registers/group/view-queries.ts";
import { answerTo } from "#app/(portal)/(registers)/groups/[reference]/answer.ts";
import { groupPath } from "#app/(portal)/(registers)/groups/[reference]/read-group.ts";

type Context = { params: Promise<{ reference: string }> };

/** Takes that a group, or its contact details, were looked at again. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { reference } = await params;
  return receiveForm(request, groupPath(reference, "/review"), async (actor, form) => {
    if (form.text("do") === "contacts") return answerTo(await reviewContacts(actor, reference), groupPath(reference));
    const review = readDate(form, "reviewOn", "the review");
    if (review.kind === "day") return answerTo(await reviewGroup(actor, reference, review.day), groupPath(reference));
    if (!(await getChatGroup(actor, reference))?.may.has("review")) return null;
    const message = review.kind === "wrong" ? review.message : "Say when it is reviewed next.";
    return { problems: [{ field: "reviewOn", message }] };
  });
}

export async function GET(_: Request, { params }: Context): Promise<Response> {
  return seeOther(groupPath((await params).reference, "/review"));
}
