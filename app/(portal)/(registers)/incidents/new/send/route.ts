import { randomUUID } from "node:crypto";
import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { getActor } from "#server/access/identity/session.ts";
import { reportIncident } from "#server/registers/incident/service.ts";
import { readNewReport } from "../read-new.ts";

export const GET = (request: Request): Response => seeOther(`/incidents/new${new URL(request.url).search}`);

/** Makes a report from its first step; what it carries over from a verdict is in the address, and is read again. */
export async function POST(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const query = Object.fromEntries([...searchParams.keys()].map((name) => [name, searchParams.getAll(name)]));
  const reader = await getActor();
  const path = reader ? (await readNewReport(reader, query)).path : `/incidents/new?${searchParams.toString()}`;
  return receiveForm(request, path, async (actor, form) => {
    const { kind, from } = await readNewReport(actor, query);
    if (!kind) return { to: path };
    const startKey = form.text("startKey").slice(0, 100) || randomUUID();
    const result = await reportIncident(actor, { kind, startKey, from, form });
    switch (result.code) {
      case "reported":
        return { to: `/incidents/${result.reference}${result.next ? `/steps/${result.next}` : "?done=1"}` };
      case "invalid":
        return { problems: result.problems };
      case "not-found":
        return null;
    }
  });
}
