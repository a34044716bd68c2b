import { csvResponse } from "#app/_portal/csv-response.ts";
import { shownCountInWords } from "#app/_portal/count-words.ts";
import { clauseCell } from "#domain/base/table/cell.ts";
import { PUBLISHED_DECISIONS } from "#domain/policy/exception/figures.ts";
import { getPublishedRegister } from "#server/policy/exception/figures-queries.ts";
import { requireActor } from "#server/access/identity/session.ts";

/** How many exceptions were decided from each clause in a year, as a file to publish: it identifies nobody. */
export async function GET(request: Request): Promise<Response> {
  const found = await getPublishedRegister(await requireActor(), new URL(request.url).searchParams.get("year"));
  if (!found) return new Response(null, { status: 404, headers: { "content-type": "text/html" } });
  const { year, lines } = found;
  return csvResponse(
    `exceptions-${year}`,
    {
      Year: () => year,
      Policy: ({ title }) => title,
      Clause: ({ policy, clause }) => clauseCell(policy, [clause]),
      Decision: ({ decision }) => PUBLISHED_DECISIONS[decision],
      Requests: ({ count }) => shownCountInWords(count),
    },
    lines,
  );
}
