import { strToU8, zipSync } from "fflate";
import { listOwnSessions, requireActor } from "#server/access/identity/session.ts";
import { exportOwnData } from "#server/gather/own-data/queries.ts";
import { zipResponse } from "#app/_portal/file-response.ts";
import { readablePage } from "../readable.ts";

/** All that is held about the reader, as a page to read and as JSON for programs. */
export async function GET(): Promise<Response> {
  const actor = await requireActor();
  const text = JSON.stringify(await exportOwnData(actor, await listOwnSessions(actor)), null, 2);
  const page = readablePage("What this portal holds about you", JSON.parse(text));
  const archive = zipSync({ "my-data/my-data.html": strToU8(page), "my-data/my-data.json": strToU8(`${text}\n`) });
  return zipResponse("my-data.zip", archive);
}
