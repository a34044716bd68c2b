import { csvResponse } from "#app/_portal/csv-response.ts";
import { clauseCell, versionCell } from "#domain/base/table/cell.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getClauseReport } from "#server/policy/question/queries.ts";

/** Where the text of a version fails, as a file: every clause, including those without any counts. */
export async function GET(request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  const number = new URL(request.url).searchParams.get("version") ?? "";
  const report = await getClauseReport(await requireActor(), (await params).slug, number);
  if (!report) return new Response(null, { status: 404, headers: { "content-type": "text/html" } });
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
}
