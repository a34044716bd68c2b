import { randomUUID } from "node:crypto";
import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { readDate } from "#domain/base/form/typed-date.ts";
import { recordConsent } from "#server/registers/consent/service.ts";

/** Takes a photo consent. */
export async function POST(request: Request): Promise<Response> {
  return receiveForm(request, "/photos/new", async (actor, form) => {
    const result = await recordConsent(actor, {
      startKey: form.text("startKey").slice(0, 100) || randomUUID(),
      draft: {
        ...{ name: form.text("name"), age: form.text("age"), guardian: form.text("guardian") },
        givenOn: readDate(form, "givenOn", "the day on the form"),
        until: readDate(form, "until", "the last day"),
        ...{ purpose: form.text("purpose"), formReference: form.text("formReference") },
      },
    });
    switch (result.code) {
      case "recorded":
        return { to: `/photos/${result.reference}?done=1` };
      case "invalid":
        return { problems: result.problems };
      case "not-found":
        return null;
    }
  });
}

export function GET(): Response {
  return seeOther("/photos/new");
}
