/** Every situation of a policy in few lines that a person can read: each has one rule, its verdict and its clauses. */
import { situationAt, situationsWith, type DecisionTable } from "./decision-table.ts";
import type { Answers } from "./fault.ts";
import { groupSituations } from "./situation-group.ts";
import type { Rule } from "./rule-file.ts";
import { VERDICTS, type Verdict } from "./verdict.ts";
import { readWizardQuery } from "./wizard.ts";

/** More situations than this are neither grouped nor listed at once: a filter has to leave fewer. */
export const MOST_OUTCOMES = 200_000;

export interface OutcomeFilter {
  /** Fact → the one answer that it has; a fact that is not in it may have any. */
  answers: Answers;
  verdict: Verdict | null;
}

export interface OutcomeRow {
  /** Decides every situation of the row. */
  rule: Rule;
  /** Fact → the answers that it has here, in table order; a fact that may have any answer is left out. */
  when: Readonly<Record<string, readonly string[]>>;
  /** How many situations that is. */
  situations: number;
}

export interface Outcomes {
  /** Situations with the filter's answers and verdict: the sum of all rows. */
  situations: number;
  /** Every situation of the filter is in exactly one row; strictest verdict first, then in table order of the rules. */
  rows: readonly OutcomeRow[];
  /** The same summed up, strictest first; verdicts without a row are left out. */
  verdicts: readonly { verdict: Verdict; rows: number; situations: number }[];
}

/** Reads a filter from an address: answers by fact, and `verdict`. What the table does not know is dropped. */
export function readOutcomeFilter(
  table: Pick<DecisionTable, "facts">,
  query: Readonly<Record<string, string | readonly string[] | undefined>>,
): OutcomeFilter {
  const given = [query.verdict ?? []].flat().at(-1);
  return {
    answers: readWizardQuery(table, query).answers,
    verdict: VERDICTS.find((verdict) => verdict === given) ?? null,
  };
}

/** A filter as it stands in an address, its order fixed. */
export function writeOutcomeFilter({ answers, verdict }: OutcomeFilter): [name: string, value: string][] {
  return [...Object.entries(answers), ...(verdict ? [["verdict", verdict] as [string, string]] : [])];
}

const whole = new WeakMap<DecisionTable, Outcomes>();

/**
 * The situations that a filter leaves, grouped into rows. Without a filter it is worked out once for each table.
 * @returns null where there are more than MOST_OUTCOMES situations to group
 * @throws RangeError for an answer that its fact does not have; situations without a rule are in no row
 */
export function outcomesOf(table: DecisionTable, filter: OutcomeFilter): Outcomes | null {
  const isWhole = filter.verdict === null && Object.keys(filter.answers).length === 0;
  const known = isWhole ? whole.get(table) : undefined;
  if (known) return known;
  const made = makeOutcomes(table, filter);
  if (isWhole && made) whole.set(table, made);
  return made;
}

function makeOutcomes(table: DecisionTable, { answers, verdict }: OutcomeFilter): Outcomes | null {
  const open = table.facts.filter(({ name }) => answers[name] === undefined);
  if (open.reduce((product, fact) => product * fact.answers.length, 1) > MOST_OUTCOMES) return null;
  // `situationsWith` counts the first open fact fastest, grouping the last.
  const labels = situationsWith(table, answers).map((situation) => {
    const at = table.winner[situation] ?? -1;
    return verdict === null || table.rules[at]?.verdict === verdict ? at : -1;
  });
  const rows = groupSituations(open.toReversed(), labels)
    .flatMap(({ label, when, situations }): (OutcomeRow & { at: number })[] => {
      const rule = table.rules[label];
      if (!rule) return [];
      const held = table.facts.flatMap(({ name }): [string, readonly string[]][] => {
        const given = answers[name];
        const some = given === undefined ? when[name] : [given];
        return some ? [[name, some]] : [];
      });
      return [{ at: label, rule, when: Object.fromEntries(held), situations }];
    })
    .sort(
      (a, b) =>
        VERDICTS.indexOf(a.rule.verdict) - VERDICTS.indexOf(b.rule.verdict) ||
        a.at - b.at ||
        b.situations - a.situations,
    )
    .map(({ rule, when, situations }) => ({ rule, when, situations }));
  const sum = (some: readonly OutcomeRow[]) => some.reduce((total, { situations }) => total + situations, 0);
  return {
    situations: sum(rows),
    rows,
    verdicts: VERDICTS.flatMap((one) => {
      const own = rows.filter(({ rule }) => rule.verdict === one);
      return own.length > 0 ? [{ verdict: one, rows: own.length, situations: sum(own) }] : [];
    }),
  };
}

/**
 * Every situation that a filter leaves, one by one, in table order, with the rule that decides it.
 * @returns null where there are more than MOST_OUTCOMES
 */
export function situationsOf(
  table: DecisionTable,
  { answers, verdict }: OutcomeFilter,
): { situation: Answers; rule: Rule }[] | null {
  const numbers = situationsWith(table, answers);
  if (numbers.length > MOST_OUTCOMES) return null;
  return [...numbers.sort()].flatMap((number) => {
    const rule = table.rules[table.winner[number] ?? -1];
    if (!rule || (verdict !== null && rule.verdict !== verdict)) return [];
    return [{ situation: situationAt(table, number), rule }];
  });
}
