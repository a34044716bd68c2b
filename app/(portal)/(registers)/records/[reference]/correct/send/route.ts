import { parseReference } from "#domain/base/reference/reference.ts";
import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { correctRecord } from "#server/registers/record/service.ts";
import { readRecord } from "#app/(portal)/(registers)/records/read-record.ts";

type Context = { params: Promise<{ reference: string }> };

const TOO_LATE =
  "Somebody else changed this record after you opened it. Nothing was saved. Open it again and look at what changed.";

/** Takes a correction. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { reference } = await params;
  const path = recordPath(reference);
  return receiveForm(request, `${path}/correct`, async (actor, form) => {
    const seen = Number(form.text("revision"));
    const result = await correctRecord(actor, parseReference("REC", reference) ?? "", {
      ...{ seen: Number.isSafeInteger(seen) ? seen : 0, draft: readRecord(form), reason: form.text("reason") },
    });
    switch (result.code) {
      case "done":
        return { to: path };
      case "too-late":
        return { problems: [{ field: "", message: TOO_LATE }] };
      case "invalid":
        return { problems: result.problems };
      case "not-found":
        return null;
    }
  });
}

export async function GET(_: Request, { params }: Context): Promise<Response> {
  return seeOther(`${recordPath((await params).reference)}/correct`);
}

function recordPath(reference: string): string {
  return `/records/${parseReference("REC", reference) ?? encodeURIComponent(reference)}`;
}
