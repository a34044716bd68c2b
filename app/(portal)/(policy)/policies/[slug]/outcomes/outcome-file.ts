import { MOST_LISTED } from "#domain/policy/decision/outcomes.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getOutcomePage, type OutcomePage } from "#server/policy/policy/outcome-queries.ts";

type Context = { params: Promise<{ slug: string }> };

/** The outcomes that a file's address is about; a response if there are none to give. */
export async function readOutcomeFile(request: Request, { params }: Context): Promise<OutcomePage | Response> {
  const query: Record<string, string[]> = {};
  for (const [name, value] of new URL(request.url).searchParams) (query[name] ??= []).push(value);
  const page = await getOutcomePage(await requireActor(), (await params).slug, query);
  return page ?? new Response(null, { status: 404, headers: { "content-type": "text/html" } });
}

/** Even filtered, there are more than a file may contain. */
export function tooManyOutcomes(): Response {
  const most = MOST_LISTED.toLocaleString("en-GB");
  const message = `Too many situations for one file, which has room for ${most}. Choose some answers first, so that fewer are left.\n`;
  return new Response(message, {
    status: 422,
    headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
  });
}
