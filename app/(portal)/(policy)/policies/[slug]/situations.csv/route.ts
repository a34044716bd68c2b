import { csvResponse } from "#app/_portal/csv-response.ts";
import { situationsOf } from "#domain/policy/decision/outcomes.ts";
import { verdictWord } from "#domain/policy/decision/verdict.ts";
import { questionFor } from "#domain/policy/policy/wording.ts";
import { clauseCell, versionCell } from "#domain/base/table/cell.ts";
import { readOutcomeFile, tooManyOutcomes } from "../outcomes/outcome-file.ts";

/** Every situation of a version as a file, one per line, with the page's filter. */
export async function GET(request: Request, context: { params: Promise<{ slug: string }> }): Promise<Response> {
  const page = await readOutcomeFile(request, context);
  if (page instanceof Response) return page;
  const { version } = page.policy;
  const situations = situationsOf(version.table, page.filter);
  if (!situations) return tooManyOutcomes();
  const questions = version.table.facts.map(({ name }) => questionFor(version, name));
  const labels = new Map(
    questions.flatMap(({ name, answers }) =>
      answers.map(({ answer, label }): [string, string] => [`${name} ${answer}`, label]),
    ),
  );
  return csvResponse(
    `situations-${version.slug}-${version.version}`,
    {
      Policy: () => version.slug,
      Version: () => versionCell(version.version),
      Hash: () => version.hash,
      On: () => page.policy.day,
      ...Object.fromEntries(
        questions.map(({ name, ask }) => [
          ask,
          ({ situation }: { situation: Readonly<Record<string, string>> }) => {
            const answer = situation[name] ?? "";
            return labels.get(`${name} ${answer}`) ?? answer;
          },
        ]),
      ),
      Answer: ({ rule }) => verdictWord(version, rule.verdict),
      Rule: ({ rule }) => rule.id,
      Clauses: ({ rule }) => clauseCell(version.slug, rule.because),
    },
    situations,
  );
}
