import { randomUUID } from "node:crypto";
import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { readMoment } from "#domain/base/calendar/calendar.ts";
import { logAlert, logCall } from "#server/registers/group/alert-service.ts";
import { answerTo } from "#app/(portal)/(registers)/groups/[reference]/answer.ts";
import { groupPath } from "#app/(portal)/(registers)/groups/[reference]/read-group.ts";

type Context = { params: Promise<{ reference: string }> };

/** Takes a first notification, or whom somebody phoned about one. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { reference } = await params;
  const path = groupPath(reference, "/alerts");
  return receiveForm(request, path, async (actor, form) => {
    const what = form.text("do");
    if (what === "phoned" || what === "confirmed") {
      const call = { alertId: form.text("alert"), memberId: form.text("member"), what } as const;
      return answerTo(await logCall(actor, reference, call), path);
    }
    if (what !== "log") return null;
    const result = await logAlert(actor, reference, {
      postedBy: form.text("postedBy"),
      message: form.text("message"),
      postedAt: readMoment(form.text("postedDay"), form.text("postedTime")),
      startKey: form.text("startKey").slice(0, 100) || randomUUID(),
    });
    return answerTo(result, path);
  });
}

export async function GET(_: Request, { params }: Context): Promise<Response> {
  return seeOther(groupPath((await params).reference, "/alerts"));
}
