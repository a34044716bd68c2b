import { jsonFile } from "#app/_portal/json-file.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getReceiptFile } from "#server/answers/receipt/queries.ts";

type Context = { params: Promise<{ reference: string }> };

/** One's own receipt with what proves it, as a file. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { reference } = await params;
  return jsonFile(reference, await getReceiptFile(await requireActor(), reference), `/decisions/${reference}`);
}
