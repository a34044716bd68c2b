import { readDate } from "#domain/base/form/typed-date.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { disposeRecord, keepLonger } from "#server/registers/record/disposal-service.ts";

type Context = { params: Promise<{ reference: string }> };

const HELD = "It was not disposed of: there is a hold, or there may be a request. Find out first.";

/** Takes an officer's decision on a record whose time is over. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { reference } = await params;
  const path = recordPath(reference);
  return receiveForm(request, `${path}/disposal`, async (actor, form) => {
    const typed = parseReference("REC", reference) ?? "";
    const revision = Number(form.text("revision"));
    const seen = Number.isSafeInteger(revision) ? revision : 0;
    const result =
      form.text("do") === "keep"
        ? await keepLonger(actor, typed, {
            ...{ seen, until: readDate(form, "until", "the day"), reason: form.text("keepReason") },
          })
        : await disposeRecord(actor, typed, {
            ...{ seen, holdAnswer: form.text("holdAnswer"), reason: form.text("reason") },
          });
    switch (result.code) {
      case "done":
      case "too-late": // the record says who was quicker, and what they decided
        return { to: path };
      case "held":
        return { problems: [{ field: "holdAnswer", message: HELD }] };
      case "invalid":
        return { problems: result.problems };
      case "not-found":
        return null;
    }
  });
}

export async function GET(_: Request, { params }: Context): Promise<Response> {
  return seeOther(`${recordPath((await params).reference)}/disposal`);
}

function recordPath(reference: string): string {
  return `/records/${parseReference("REC", reference) ?? encodeURIComponent(reference)}`;
}
