import { randomUUID } from "node:crypto";
import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { recordProblems } from "#domain/registers/record/record.ts";
import { getSetting } from "#server/registers/record/queries.ts";
import { captureRecord } from "#server/registers/record/service.ts";
import { readRecord } from "#app/(portal)/(registers)/records/read-record.ts";

/** Takes a record twice: first to be checked, for which its page shows it again; then to be saved. */
export async function POST(request: Request): Promise<Response> {
  return receiveForm(request, "/records/new", async (actor, form) => {
    const draft = readRecord(form);
    if (form.text("do") !== "save") {
      const setting = await getSetting(actor);
      return setting && { problems: recordProblems(draft, setting.rules) };
    }
    const { policy: slug = "", ...answers } = Object.fromEntries(new URLSearchParams(form.text("situation")));
    const result = await captureRecord(actor, {
      ...{ draft, origin: slug === "" ? null : { slug, answers } },
      startKey: form.text("startKey").slice(0, 100) || randomUUID(),
    });
    switch (result.code) {
      case "captured":
        return { to: `/records/${result.reference}?done=1` };
      case "invalid":
        return { problems: result.problems };
      case "not-found":
        return null;
    }
  });
}

export function GET(): Response {
  return seeOther("/records/new");
}
