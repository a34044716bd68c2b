import { MOST_LISTED } from "#domain/policy/decision/outcomes.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getOutcomePage, type OutcomePage } from "#server/policy/policy/outcome-queries.ts";

/** The handler of a file with a version's outcomes, as its address filters them. @param write null where there are too many */
export const outcomeFile =
  (write: (page: OutcomePage) => Response | null) =>
  async (request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> => {
    const query: Record<string, string[]> = {};
    for (const [name, value] of new URL(request.url).searchParams) (query[name] ??= []).push(value);
    const page = await getOutcomePage(await requireActor(), (await params).slug, query);
    if (!page) return new Response(null, { status: 404, headers: { "content-type": "text/html" } });
    return write(page) ?? tooManyOutcomes();
  };

/** Even filtered, there are more than a file may contain. */
function tooManyOutcomes(): Response {
  const most = MOST_LISTED.toLocaleString("en-GB");
  const message = `Too many situations for one file, which has room for ${most}. Choose some answers first, so that fewer are left.\n`;
  return new Response(message, {
    status: 422,
    headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
  });
}
