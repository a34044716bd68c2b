import { listOwnSessions, requireActor } from "#server/access/identity/session.ts";
import { exportOwnData } from "#server/gather/own-data/queries.ts";

/** All that is held about the reader, as a file to save. */
export async function GET(): Promise<Response> {
  const actor = await requireActor();
  const data = await exportOwnData(actor, await listOwnSessions(actor));
  return new Response(`${JSON.stringify(data, null, 2)}\n`, {
    headers: {
      "content-type": "application/json; charset=utf-8",
      "content-disposition": 'attachment; filename="my-data.json"',
      "cache-control": "no-store",
    },
  });
}
