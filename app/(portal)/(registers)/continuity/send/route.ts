import { randomUUID } from "node:crypto";
import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { declareActivity } from "#server/registers/continuity/service.ts";

/** Takes the declaration of a business continuity activity. */
export async function POST(request: Request): Promise<Response> {
  return receiveForm(request, "/continuity", async (actor, form) => {
    const result = await declareActivity(actor, {
      ...{ title: form.text("title").replaceAll(/\s+/g, " "), reason: form.text("reason") },
      startKey: form.text("startKey").slice(0, 100) || randomUUID(),
    });
    switch (result.code) {
      case "declared":
        return { to: `/continuity/${result.reference}?done=1` };
      case "too-late":
        return { problems: [{ field: "", message: tooLate(result) }] };
      case "invalid":
        return { problems: result.problems };
      case "not-found":
        return null;
    }
  });
}

function tooLate({ reference, by }: { reference: string; by: string }): string {
  return `${by} has declared ${reference} already. There is one activity at a time, so yours was not declared.`;
}

export function GET(): Response {
  return seeOther("/continuity");
}
