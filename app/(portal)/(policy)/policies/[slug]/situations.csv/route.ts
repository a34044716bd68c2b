import { csvResponse } from "#app/_portal/csv-response.ts";
import { situationsOf } from "#domain/policy/decision/outcomes.ts";
import { verdictWord } from "#domain/policy/decision/verdict.ts";
import { questionFor } from "#domain/policy/policy/wording.ts";
import { clauseCell, versionCell } from "#domain/base/table/cell.ts";
import { readOutcomeFile, tooManyOutcomes } from "../outcomes/outcome-file.ts";

type Context = { params: Promise<{ slug: string }> };

/** Every situation of a version as a file, one per line, with the page's filter. */
export async function GET(request: Request, context: Context): Promise<Response> {
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
    [
      { key: "policy", header: "Policy" },
      { key: "version", header: "Version" },
      { key: "hash", header: "Hash" },
      { key: "on", header: "On" },
      ...questions.map(({ name, ask }) => ({ key: `fact-${name}`, header: ask })),
      { key: "answer", header: "Answer" },
      { key: "rule", header: "Rule" },
      { key: "clauses", header: "Clauses" },
    ],
    mapped(situations, ({ situation, rule }) => ({
      policy: version.slug,
      version: versionCell(version.version),
      hash: version.hash,
      on: page.policy.day,
      ...Object.fromEntries(
        Object.entries(situation).map(([name, answer]) => [`fact-${name}`, labels.get(`${name} ${answer}`) ?? answer]),
      ),
      answer: verdictWord(version, rule.verdict),
      rule: rule.id,
      clauses: clauseCell(version.slug, rule.because),
    })),
  );
}

function* mapped<Of, To>(all: Iterable<Of>, to: (one: Of) => To): Generator<To> {
  for (const one of all) yield to(one);
}
