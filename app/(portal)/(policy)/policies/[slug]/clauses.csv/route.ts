import { csvResponse } from "#app/_portal/csv-response.ts";
import { fileRoute } from "#app/_portal/file-response.ts";
import { clauseCell, versionCell } from "#domain/base/table/cell.ts";
import { getClauseReport } from "#server/policy/question/queries.ts";

/** Where the text of a version fails, as a file: every clause, including those without any counts. */
export const GET = fileRoute<{ slug: string }>(async ({ actor, params, query }) => {
  const report = await getClauseReport(actor, params.slug, query.get("version") ?? "");
  if (!report) return null;
  const { slug, version, troubled, quiet } = report;
  return csvResponse(
    `clauses-${slug}-${version}`,
    {
      Version: () => versionCell(version),
      Clause: ({ clause }) => clauseCell(slug, [clause]),
      Text: ({ text }) => text,
      Questions: ({ questions }) => questions,
      Suggestions: ({ suggestions }) => suggestions,
      "“Not sure” answers": ({ unsure }) => unsure,
      "Exceptions asked for": ({ exceptions }) => exceptions,
      "Exceptions declined": ({ refusals }) => refusals,
    },
    [...troubled, ...quiet],
  );
});
