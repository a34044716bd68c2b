/**
 * All outcomes of a version in one object for programs and files: rows in words and ids, including version and hash.
 */
import type { Answers } from "#domain/policy/decision/fault.ts";
import { outcomesOf, type OutcomeFilter, type OutcomeRow } from "#domain/policy/decision/outcomes.ts";
import type { Verdict } from "#domain/policy/decision/verdict.ts";
import { obligationsOf } from "./explain.ts";
import type { PolicyVersion } from "./policy.ts";
import { questionFor, situationsInASentence } from "./wording.ts";

/** A row: every situation in it has this verdict, decided by this rule. */
export interface OutcomeReportRow {
  verdict: Verdict;
  rule: string;
  /** Fact → the answers that it has here; a fact that may have any answer is left out. */
  when: Readonly<Record<string, readonly string[]>>;
  /** The same as a sentence: "If it is for a colleague, and …". */
  inWords: string;
  situations: number;
  /** Ids of the clauses that it is based on. */
  clauses: readonly string[];
  obligations: { id: string; text: string; clause: string }[];
  /** What to do instead, in sentences. */
  instead: readonly string[];
}

export interface OutcomeReport {
  policy: string;
  title: string;
  version: string;
  /** SHA-256 of everything in the version, hexadecimal. */
  hash: string;
  filter: { answers: Answers; verdict: Verdict | null };
  /** Situations that match the filter: the sum of all rows. */
  situations: number;
  /** The facts and their answers, in the words of this version. */
  questions: { fact: string; ask: string; answers: { answer: string; label: string }[] }[];
  rows: OutcomeReportRow[];
}

/** @returns null if too many different situations match the filter; @throws RangeError as `outcomesOf` does */
export function outcomeReport(version: PolicyVersion, filter: OutcomeFilter): OutcomeReport | null {
  const outcomes = outcomesOf(version.table, filter);
  if (!outcomes) return null;
  return {
    policy: version.slug,
    title: version.frontMatter.title,
    version: version.version,
    hash: version.hash,
    filter: { answers: filter.answers, verdict: filter.verdict },
    situations: outcomes.situations,
    questions: version.table.facts.map(({ name }) => {
      const { ask, answers } = questionFor(version, name);
      return { fact: name, ask, answers: answers.map(({ answer, label }) => ({ answer, label })) };
    }),
    rows: outcomes.rows.map((row) => outcomeReportRow(version, row)),
  };
}

function outcomeReportRow(version: PolicyVersion, { rule, when, situations }: OutcomeRow): OutcomeReportRow {
  return {
    verdict: rule.verdict,
    rule: rule.id,
    when,
    inWords: situationsInASentence(when, [version]),
    situations,
    clauses: rule.because,
    obligations: obligationsOf(version, rule),
    instead: rule.instead,
  };
}
