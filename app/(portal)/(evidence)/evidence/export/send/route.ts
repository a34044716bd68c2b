import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { readDate } from "#domain/base/form/typed-date.ts";
import { exportEvidence } from "#server/evidence/journal/export-service.ts";

/** Hands out the evidence of a period. A post, because it is written down. Fields: `from-…`, `until-…`, `holds`. */
export async function POST(request: Request): Promise<Response> {
  return receiveForm(request, "/evidence/export", async (actor, form) => {
    const result = await exportEvidence(actor, {
      from: readDate(form, "from", "the first day"),
      until: readDate(form, "until", "the last day"),
      holds: form.text("holds"),
    });
    switch (result.code) {
      case "not-found":
        return null;
      case "invalid":
        return { problems: result.problems };
      case "exported":
        return { file: zipResponse(result.fileName, result.archive) };
    }
  });
}

export function GET(): Response {
  return seeOther("/evidence/export");
}

/** A piece is made when the browser has taken the one before. */
function zipResponse(fileName: string, archive: AsyncGenerator<Uint8Array>): Response {
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await archive.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await archive.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      "content-type": "application/zip",
      "content-disposition": `attachment; filename="${fileName}"`,
      "cache-control": "no-store",
    },
  });
}
