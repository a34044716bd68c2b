import { randomUUID } from "node:crypto";
import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { readDate } from "#domain/base/form/typed-date.ts";
import { HOLD_REASONS, type HoldReason } from "#domain/registers/hold/hold.ts";
import { placeHold } from "#server/registers/hold/service.ts";

const PATH = "/holds/new";

/** Takes a new hold. */
export async function POST(request: Request): Promise<Response> {
  return receiveForm(request, PATH, async (actor, form) => {
    const day = readDate(form, "occurredOn", "the day");
    const result = await placeHold(actor, {
      ...{ keep: form.text("keep"), note: form.text("note") },
      ...{
        groups: form.all("groups"),
        people: form.text("people"),
        isOnSubject: form.all("onSubject").includes("yes"),
      },
      startKey: form.text("startKey").slice(0, 100) || randomUUID(),
      reason: REASONS.find((reason) => reason === form.text("reason")) ?? null,
      occurredOn: day.kind === "day" ? day.day : null,
      dayProblem: day.kind === "wrong" ? day.message : null,
    });
    switch (result.code) {
      case "placed":
        return { to: `/holds/${result.reference}?done=1` };
      case "invalid":
        return { problems: result.problems };
      case "not-found":
        return null;
    }
  });
}

const REASONS = Object.keys(HOLD_REASONS) as HoldReason[];

export function GET(): Response {
  return seeOther(PATH);
}
