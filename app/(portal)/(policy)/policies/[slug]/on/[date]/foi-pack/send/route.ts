import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { makeFoiPack } from "#server/gather/foi/service.ts";

type Context = { params: Promise<{ slug: string; date: string }> };

const CHANGED =
  "The files of this version are not those that were published, so no pack was made. Ask whoever keeps the policy files to put them back.";

/** Answers with the pack as a ZIP file. A post, because making it is written down. */
export async function POST(request: Request, context: Context): Promise<Response> {
  const { slug, date } = await context.params;
  return receiveForm(request, await formPath(context), async (actor) => {
    const made = await makeFoiPack(actor, slug, date);
    switch (made.code) {
      case "made":
        return { file: zipResponse(made.fileName, made.bytes) };
      case "changed":
        return { problems: [{ field: "", message: CHANGED }] };
      case "not-found":
        return null;
    }
  });
}

export async function GET(_: Request, context: Context): Promise<Response> {
  return seeOther(await formPath(context));
}

function zipResponse(fileName: string, bytes: Uint8Array): Response {
  return new Response(Buffer.from(bytes), {
    headers: {
      "content-type": "application/zip",
      "content-disposition": `attachment; filename="${fileName.replaceAll(/[^A-Za-z0-9.-]+/g, "-")}"`,
      "cache-control": "no-store",
    },
  });
}

async function formPath({ params }: Context): Promise<string> {
  const { slug, date } = await params;
  return `/policies/${encodeURIComponent(slug)}/on/${encodeURIComponent(date)}/foi-pack`;
}
