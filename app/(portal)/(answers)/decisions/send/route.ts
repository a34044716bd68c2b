import { randomUUID } from "node:crypto";
import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { PHOTO_PARAMETER } from "#domain/registers/consent/photo-answer.ts";
import { keepReceipt } from "#server/answers/receipt/service.ts";

/** Takes a result to keep. What cannot be kept as it was shown comes back to the wizard, which shows what holds now. */
export async function POST(request: Request): Promise<Response> {
  return receiveForm(request, "/check", async (actor, form) => {
    const situation = new URLSearchParams(form.text("situation"));
    const { policy: slug = "", group, [PHOTO_PARAMETER]: _, ...answers } = Object.fromEntries(situation);
    const result = await keepReceipt(actor, {
      photo: situation.getAll(PHOTO_PARAMETER),
      slug,
      answers,
      group,
      fingerprint: form.text("fingerprint"),
      words: form.text("words"),
      startKey: form.text("startKey").slice(0, 100) || randomUUID(),
    });
    switch (result.code) {
      case "kept":
        return { to: `/decisions/${result.reference}?done=1` };
      case "changed":
        return { problems: [{ field: "keep", message: CHANGED }] };
      case "invalid":
        return { problems: result.problems };
      case "not-found":
        return null;
    }
  });
}

const CHANGED =
  "This answer was not kept: what it rests on has changed since you saw it. Read the answer as it is now. You can keep that.";

export function GET(): Response {
  return seeOther("/decisions");
}
