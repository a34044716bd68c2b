import { fileRoute } from "#app/_portal/file-response.ts";
import { jsonFile } from "#app/_portal/json-file.ts";
import { readHeadSize } from "#domain/evidence/head/head.ts";
import { getHeadFile } from "#server/evidence/head/queries.ts";

/** A published head, for witnesses; with `?since=`, what proves that it continues that one. */
export const GET = fileRoute<{ number: string }>(async ({ actor, params, query }) => {
  const since = query.get("since");
  const size = readHeadSize(params.number) ?? 0;
  const file = await getHeadFile(actor, size, since === null ? undefined : (readHeadSize(since) ?? 0));
  return jsonFile(`head-${actor.body}-${size}`, file, "/evidence/heads");
});
