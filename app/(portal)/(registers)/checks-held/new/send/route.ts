import { randomUUID } from "node:crypto";
import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { readDate } from "#domain/base/form/typed-date.ts";
import { recordCheck } from "#server/registers/understanding-check/service.ts";

/** Takes a check that was held. */
export async function POST(request: Request): Promise<Response> {
  return receiveForm(request, "/checks-held/new", async (actor, form) => {
    const result = await recordCheck(actor, {
      startKey: form.text("startKey").slice(0, 100) || randomUUID(),
      draft: {
        ...{ policy: form.text("policy"), kind: form.text("kind"), heldBy: form.text("heldBy") },
        heldOn: readDate(form, "heldOn", "the day"),
        ...{ takenBy: form.text("takenBy"), result: form.text("result"), actions: form.text("actions") },
      },
    });
    switch (result.code) {
      case "recorded":
        return { to: `/checks-held/${result.reference}?done=1` };
      case "invalid":
        return { problems: result.problems };
      case "not-found":
        return null;
    }
  });
}

export function GET(): Response {
  return seeOther("/checks-held/new");
}
