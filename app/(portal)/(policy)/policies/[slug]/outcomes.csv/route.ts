import { csvResponse } from "#app/_portal/csv-response.ts";
import { verdictWord } from "#domain/policy/decision/verdict.ts";
import { outcomeReport } from "#domain/policy/policy/outcome-report.ts";
import { clauseCell, versionCell } from "#domain/base/table/cell.ts";
import { readOutcomeFile, tooManyOutcomes } from "../outcomes/outcome-file.ts";

type Context = { params: Promise<{ slug: string }> };

/** The rows of a version's outcomes as a file, with the page's filter. A fact that may have any answer is empty. */
export async function GET(request: Request, context: Context): Promise<Response> {
  const page = await readOutcomeFile(request, context);
  if (page instanceof Response) return page;
  const report = outcomeReport(page.policy.version, page.filter);
  if (!report) return tooManyOutcomes();
  const { policy, version, hash, questions, rows } = report;
  return csvResponse(
    `outcomes-${policy}-${version}`,
    [
      { key: "policy", header: "Policy" },
      { key: "version", header: "Version" },
      { key: "hash", header: "Hash" },
      { key: "on", header: "On" },
      { key: "answer", header: "Answer" },
      { key: "rule", header: "Rule" },
      { key: "situations", header: "Situations" },
      { key: "clauses", header: "Clauses" },
      { key: "when", header: "When" },
      ...questions.map(({ fact, ask }) => ({ key: `fact-${fact}`, header: ask })),
      { key: "obligations", header: "What to do" },
      { key: "instead", header: "What to use instead" },
    ],
    rows.map((row) => ({
      policy,
      version: versionCell(version),
      hash,
      on: page.policy.day,
      answer: verdictWord(page.policy.version, row.verdict),
      rule: row.rule,
      situations: row.situations,
      clauses: clauseCell(policy, row.clauses),
      when: row.inWords,
      ...Object.fromEntries(
        questions.map(({ fact, answers }) => [
          `fact-${fact}`,
          answers
            .filter(({ answer }) => row.when[fact]?.includes(answer))
            .map(({ label }) => label)
            .join("; "),
        ]),
      ),
      obligations: row.obligations.map(({ text, clause }) => `${text} (${clause})`).join(" "),
      instead: row.instead.join(" "),
    })),
  );
}
