import { csvResponse } from "#app/_portal/csv-response.ts";
import { fileRoute } from "#app/_portal/file-response.ts";
import { FIGURE_COLUMNS, figureLines } from "#domain/gather/figure/figure.ts";
import { getFigures } from "#server/gather/figure/queries.ts";

/** The figures of a period as a file. */
export const GET = fileRoute(async ({ actor, query }) => {
  const typed = { from: query.get("from") ?? "", until: query.get("until") ?? "" };
  const figures = await getFigures(actor, typed);
  if (!figures || "problems" in figures) return null;
  return csvResponse(`figures-${figures.from}-to-${figures.until}`, FIGURE_COLUMNS, figureLines(figures.tables));
});
