import { csvResponse } from "#app/_portal/csv-response.ts";
import { situationsOf } from "#domain/policy/decision/outcomes.ts";
import { verdictWord } from "#domain/policy/decision/verdict.ts";
import { questionFor, type Question } from "#domain/policy/policy/wording.ts";
import { clauseCell, versionCell } from "#domain/base/table/cell.ts";
import { outcomeFile } from "../outcomes/outcome-file.ts";

/** Every situation of a version as a file, one per line, with the page's filter. */
export const GET = outcomeFile((page) => {
  const { version } = page.policy;
  const situations = situationsOf(version.table, page.filter);
  if (!situations) return null;
  const questions = version.table.facts.map(({ name }) => questionFor(version, name));
  return csvResponse(
    `situations-${version.slug}-${version.version}`,
    {
      Policy: () => version.slug,
      Version: () => versionCell(version.version),
      Hash: () => version.hash,
      On: () => page.policy.day,
      ...Object.fromEntries(
        questions.map((question) => [
          question.ask,
          ({ situation }: { situation: Readonly<Record<string, string>> }) =>
            labelOf(question, situation[question.name] ?? ""),
        ]),
      ),
      Answer: ({ rule }) => verdictWord(version, rule.verdict),
      Rule: ({ rule }) => rule.id,
      Clauses: ({ rule }) => clauseCell(version.slug, rule.because),
    },
    situations,
  );
});

const labelOf = ({ answers }: Question, answer: string): string =>
  answers.find((one) => one.answer === answer)?.label ?? answer;
