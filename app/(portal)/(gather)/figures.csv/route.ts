import { csvResponse } from "#app/_portal/csv-response.ts";
import { FIGURE_COLUMNS, figureLines } from "#domain/gather/figure/figure.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getFigures } from "#server/gather/figure/queries.ts";

/** The figures of a period as a file. */
export async function GET(request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const typed = { from: query.get("from") ?? "", until: query.get("until") ?? "" };
  const figures = await getFigures(await requireActor(), typed);
  if (!figures || "problems" in figures)
    return new Response(null, { status: 404, headers: { "content-type": "text/html" } });
  return csvResponse(`figures-${figures.from}-to-${figures.until}`, FIGURE_COLUMNS, figureLines(figures.tables));
}
