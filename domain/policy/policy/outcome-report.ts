/**
 * All outcomes of a version in one object for programs and files: rows in words and ids, including version and hash.
 */
import { outcomesOf, type OutcomeFilter, type OutcomeRow } from "#domain/policy/decision/outcomes.ts";
import { obligationsOf } from "./explain.ts";
import type { PolicyVersion } from "./policy.ts";
import { questionFor, situationsInASentence } from "./wording.ts";

/** @returns null if too many different situations match the filter; @throws RangeError as `outcomesOf` does */
export function outcomeReport(version: PolicyVersion, filter: OutcomeFilter) {
  const outcomes = outcomesOf(version.table, filter);
  if (!outcomes) return null;
  return {
    policy: version.slug,
    title: version.frontMatter.title,
    version: version.version,
    hash: version.hash,
    filter: { answers: filter.answers, verdict: filter.verdict },
    /** Situations that match the filter: the sum of all rows. */
    situations: outcomes.situations,
    questions: version.table.facts.map(({ name }) => {
      const { ask, answers } = questionFor(version, name);
      return { fact: name, ask, answers: answers.map(({ answer, label }) => ({ answer, label })) };
    }),
    rows: outcomes.rows.map((row) => outcomeReportRow(version, row)),
  };
}

/** Every situation of a row has this verdict, decided by this rule. */
const outcomeReportRow = (version: PolicyVersion, { rule, when, situations }: OutcomeRow) => ({
  verdict: rule.verdict,
  rule: rule.id,
  when,
  inWords: situationsInASentence(when, [version]),
  situations,
  clauses: rule.because,
  obligations: obligationsOf(version, rule),
  instead: rule.instead,
});
