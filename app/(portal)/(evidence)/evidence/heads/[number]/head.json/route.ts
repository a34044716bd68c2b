import { jsonFile } from "#app/_portal/json-file.ts";
import { readHeadSize } from "#domain/evidence/head/head.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getHeadFile } from "#server/evidence/head/queries.ts";

type Context = { params: Promise<{ number: string }> };

/** A published head, for witnesses; with `?since=`, what proves that it continues that one. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const actor = await requireActor();
  const since = new URL(request.url).searchParams.get("since");
  const size = readHeadSize((await params).number) ?? 0;
  const file = await getHeadFile(actor, size, since === null ? undefined : (readHeadSize(since) ?? 0));
  return jsonFile(`head-${actor.body}-${size}`, file, "/evidence/heads");
}
