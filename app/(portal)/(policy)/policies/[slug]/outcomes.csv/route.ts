import { csvResponse } from "#app/_portal/csv-response.ts";
import { verdictWord } from "#domain/policy/decision/verdict.ts";
import { outcomeReport } from "#domain/policy/policy/outcome-report.ts";
import { clauseCell, versionCell } from "#domain/base/table/cell.ts";
import { outcomeFile } from "../outcomes/outcome-file.ts";

/** The rows of a version's outcomes as a file, with the page's filter. A fact that may have any answer is empty. */
export const GET = outcomeFile((page) => {
  const report = outcomeReport(page.policy.version, page.filter);
  if (!report) return null;
  const { policy, version, hash, questions, rows } = report;
  return csvResponse(
    `outcomes-${policy}-${version}`,
    {
      Policy: () => policy,
      Version: () => versionCell(version),
      Hash: () => hash,
      On: () => page.policy.day,
      Answer: ({ verdict }) => verdictWord(page.policy.version, verdict),
      Rule: ({ rule }) => rule,
      Situations: ({ situations }) => situations,
      Clauses: ({ clauses }) => clauseCell(policy, clauses),
      When: ({ inWords }) => inWords,
      ...Object.fromEntries(
        questions.map(({ fact, ask, answers }) => [
          ask,
          ({ when }: (typeof rows)[number]) =>
            answers
              .filter(({ answer }) => when[fact]?.includes(answer))
              .map(({ label }) => label)
              .join("; "),
        ]),
      ),
      "What to do": ({ obligations }) => obligations.map(({ text, clause }) => `${text} (${clause})`).join(" "),
      "What to use instead": ({ instead }) => instead.join(" "),
    },
    rows,
  );
});
