import { savedFile } from "#app/_portal/file-response.ts";
import { listOwnSessions, requireActor } from "#server/access/identity/session.ts";
import { exportOwnData } from "#server/gather/own-data/queries.ts";

/** All that is held about the reader, as a file to save. */
export async function GET(): Promise<Response> {
  const actor = await requireActor();
  const data = await exportOwnData(actor, await listOwnSessions(actor));
  return savedFile("my-data.json", "application/json; charset=utf-8", `${JSON.stringify(data, null, 2)}\n`);
}
