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
  const lines = cells.flatMap((row, at) =>
    row.map(({ cell, verdict, change, allowed }, index) => ({
      version: versionCell(version.version),
      row: rows.answers[at]?.label ?? "",
      column: columns.answers[index]?.label ?? "",
      verdict: verdict === null ? "Depends" : verdictWord(version, verdict),
      clauses: clauseCell(version.slug, clausesIn(version.table, cell)),
      dependsOn: verdict === null ? dependsOnWords(version, cell).join(" ") : "",
      split: describeSplit(cell.split, version),
      situations: cell.situations,
      holds,
      change: change ?? "",
      exceptions: allowed.join(". "),
    })),
  );
  return csvResponse(
    `matrix-${version.slug}-${version.version}${page.subject.on ? `-${page.subject.on}` : ""}`,
    [
      { key: "version", header: "Version" },
      { key: "row", header: `Row: ${rows.ask}` },
      { key: "column", header: `Column: ${columns.ask}` },
      { key: "verdict", header: "Verdict" },
      { key: "clauses", header: "Clauses" },
      { key: "dependsOn", header: "Depends on" },
      { key: "split", header: "Verdict in how many situations" },
      { key: "situations", header: "Situations" },
      { key: "holds", header: "Assumed" },
      ...(before ? [{ key: "change" as const, header: `Changed since version ${before.version}` }] : []),
      ...(source.own ? [{ key: "exceptions" as const, header: "Your exceptions" }] : []),
    ],
    lines,
  );
}
