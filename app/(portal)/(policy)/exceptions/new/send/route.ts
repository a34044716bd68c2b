import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { makeStartKey, startException } from "#server/policy/exception/draft-service.ts";
import { readNewRequest } from "../read-new.ts";

export function GET(request: Request): Response {
  return seeOther(`/exceptions/new${new URL(request.url).search}`);
}

/** Begins a draft with what the address of the form says, read again: what the policy does not know is dropped. */
export async function POST(request: Request): Promise<Response> {
  const { searchParams, search } = new URL(request.url);
  const query = Object.fromEntries([...searchParams.keys()].map((name) => [name, searchParams.getAll(name)]));
  return receiveForm(request, `/exceptions/new${search}`, async (actor, form) => {
    const place = await readNewRequest(actor, query);
    if (place.kind !== "begin") return place.kind === "choose" ? { to: "/exceptions/new" } : null;
    const given = form.text("startKey");
    const startKey = /^[0-9a-f-]{36}$/.test(given) ? given : makeStartKey();
    const { situation, clauses } = place.start;
    const reference = await startException(actor, place.policy.slug, { startKey, situation, clauses });
    return reference === null ? null : { to: `/exceptions/${reference}` };
  });
}
