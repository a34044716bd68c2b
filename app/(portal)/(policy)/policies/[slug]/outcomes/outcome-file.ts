import { MOST_LISTED } from "#domain/policy/decision/outcomes.ts";
import { fileRoute } from "#app/_portal/file-response.ts";
import { getOutcomePage, type OutcomePage } from "#server/policy/policy/outcome-queries.ts";

/** The handler of a file with a version's outcomes, as its address filters them. @param write null where there are too many */
export const outcomeFile = (write: (page: OutcomePage) => Response | null) =>
  fileRoute<{ slug: string }>(async ({ actor, params, query }) => {
    const asked = Object.fromEntries([...query.keys()].map((name) => [name, query.getAll(name)]));
    const page = await getOutcomePage(actor, params.slug, asked);
    return page && (write(page) ?? tooManyOutcomes());
  });

/** Even filtered, there are more than a file may contain. */
function tooManyOutcomes(): Response {
  const most = MOST_LISTED.toLocaleString("en-GB");
  const message = `Too many situations for one file, which has room for ${most}. Choose some answers first, so that fewer are left.\n`;
  return new Response(message, {
    status: 422,
    headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
  });
}
