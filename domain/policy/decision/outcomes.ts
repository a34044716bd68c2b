/** Every situation of a policy in few lines that a person can read: each has one rule, its verdict and its clauses. */
import { Diagrams, NONE, OPEN } from "./decision-diagram.ts";
import { digitsOf, productOf, type DecisionTable } from "./decision-table.ts";
import { groupValues, situationsOver } from "./situation-group.ts";
import { oncePer } from "./once-per.ts";
import type { Answers, Rule } from "./rule-file.ts";
import { VERDICTS, type Verdict } from "./verdict.ts";
import { readWizardQuery } from "./wizard.ts";

/**
 * With more situations than this, they are not listed one by one: no common spreadsheet shows many more lines quickly.
 */
export const MOST_LISTED = 200_000;

export interface OutcomeFilter {
  /** Fact → its one answer; a fact that is missing here may have any. */
  answers: Answers;
  verdict: Verdict | null;
  /** The day that is asked about, YYYY-MM-DD, if it is another than today: it chooses the table, and stays in addresses. */
  on?: string | null;
}

export interface OutcomeRow {
  /** Decides every situation of the row. */
  rule: Rule;
  /** Fact → the answers that it has here, in table order; a fact that may have any answer is left out. */
  when: Readonly<Record<string, readonly string[]>>;
  /** The number of those situations. */
  situations: number;
}

export type Outcomes = NonNullable<ReturnType<typeof makeOutcomes>>;

/** Reads a filter from an address: answers by fact, and `verdict`. Anything the table does not know is dropped. */
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

/** A filter as written in an address, in a fixed order. */
export function writeOutcomeFilter({ answers, verdict, on }: OutcomeFilter): [name: string, value: string][] {
  const more = Object.entries({ verdict, on }).flatMap(([name, value]): [string, string][] =>
    value ? [[name, value]] : [],
  );
  return [...Object.entries(answers), ...more];
}

const whole = oncePer((table: DecisionTable) => makeOutcomes(table, { answers: {}, verdict: null }));

/**
 * The situations that match a filter, grouped into rows. Without a filter, computed once for each table.
 * @returns null if there are too many different situations to group: a narrower filter is needed
 * @throws RangeError for an answer that its fact does not have; situations without a rule are in no row
 */
export function outcomesOf(table: DecisionTable, filter: OutcomeFilter) {
  const isWhole = filter.verdict === null && Object.keys(filter.answers).length === 0;
  return isWhole ? whole(table) : makeOutcomes(table, filter);
}

function makeOutcomes(table: DecisionTable, { answers, verdict }: OutcomeFilter) {
  const digits = digitsOf(table, answers);
  const isIn = (rule: number) => verdict === null || table.rules[rule]?.verdict === verdict;
  const wanted = new Diagrams(table.diagrams.sizes, table.diagrams.order);
  const root = wanted.combine([table.winner], ([rule = NONE]) => (isIn(rule) ? rule : NONE), table.diagrams, digits);
  // Counted with the first open fact varying fastest.
  const order = [...digits.keys()].filter((at) => digits[at] === OPEN).reverse();
  const groups = groupValues(table.facts, wanted, root, digits, order);
  if (!groups) return null;
  const rows = groups
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
    /** Every situation of the filter is in exactly one row; strictest verdict first, then the rules in table order. */
    rows,
    /** The totals by verdict, strictest first; verdicts without a row are left out. */
    verdicts: VERDICTS.flatMap((one) => {
      const own = rows.filter(({ rule }) => rule.verdict === one);
      return own.length > 0 ? [{ verdict: one, rows: own.length, situations: sum(own) }] : [];
    }),
  };
}

/**
 * Every situation that matches a filter, one by one, in table order, with the rule that decides it. Generated while
 * they are read, never all at once.
 * @returns null if the filter's answers leave more than MOST_LISTED
 */
export function situationsOf(table: DecisionTable, { answers, verdict }: OutcomeFilter) {
  const axes = table.facts.map(({ name, answers: all }) => ({ name, answers: [answers[name] ?? all].flat() }));
  if (productOf(axes) > MOST_LISTED) return null;
  digitsOf(table, answers);
  return listOver(table, axes, verdict);
}

function* listOver(
  table: DecisionTable,
  axes: readonly { name: string; answers: string[] }[],
  verdict: Verdict | null,
) {
  for (const places of situationsOver(axes)) {
    const situation = Object.fromEntries(axes.map(({ name, answers }, at) => [name, answers[places[at] ?? 0] ?? ""]));
    const rule = table.rules[table.diagrams.valueAt(table.winner, digitsOf(table, situation))];
    if (rule && (verdict === null || rule.verdict === verdict)) yield { situation, rule };
  }
}
