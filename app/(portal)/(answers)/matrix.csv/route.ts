import { csvResponse } from "#app/_portal/csv-response.ts";
import { matrixSource } from "#app/(portal)/(answers)/matrix/matrix-data.ts";
import { pictureOf } from "#app/(portal)/(answers)/matrix/matrix-picture.ts";
import { assumptionSentences, dependsOnWords, describeSplit } from "#app/(portal)/(policy)/_verdict/matrix-words.ts";
import { clausesIn } from "#domain/policy/decision/matrix.ts";
import { verdictWord } from "#domain/policy/decision/verdict.ts";
import { clauseCell, versionCell } from "#domain/base/table/cell.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getMatrixFor } from "#server/policy/policy/matrix-queries.ts";

/** The matrix at an address as a file: a line for each cell. */
export async function GET(request: Request): Promise<Response> {
  const page = await getMatrixFor(await requireActor(), new URL(request.url).searchParams);
  if (!page) return new Response(null, { status: 404, headers: { "content-type": "text/html" } });
  const source = matrixSource(page);
  const { version, before } = source;
  const { rows, columns, cells, view } = pictureOf(source, page.state);
  const holds = assumptionSentences(version, view).holds.join(" ");
  return csvResponse(
    `matrix-${version.slug}-${version.version}${page.subject.on ? `-${page.subject.on}` : ""}`,
    {
      Version: () => versionCell(version.version),
      [`Row: ${rows.ask}`]: ({ at }) => rows.answers[at]?.label ?? "",
      [`Column: ${columns.ask}`]: ({ index }) => columns.answers[index]?.label ?? "",
      Verdict: ({ verdict }) => (verdict === null ? "Depends" : verdictWord(version, verdict)),
      Clauses: ({ cell }) => clauseCell(version.slug, clausesIn(version.table, cell)),
      "Depends on": ({ verdict, cell }) => (verdict === null ? dependsOnWords(version, cell).join(" ") : ""),
      "Verdict in how many situations": ({ cell }) => describeSplit(cell.split, version),
      Situations: ({ cell }) => cell.situations,
      Assumed: () => holds,
      ...(before && { [`Changed since version ${before.version}`]: ({ change }: Line) => change ?? "" }),
      ...(source.own && { "Your exceptions": ({ allowed }: Line) => allowed.join(". ") }),
    },
    cells.flatMap((row, at) => row.map((line, index) => ({ ...line, at, index }))),
  );
}

type Line = ReturnType<typeof pictureOf>["cells"][number][number];
