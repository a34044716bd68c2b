/** The matrix is a view of the decision table: any two facts as axes, the others assumed or left open (S3.13-S3.20 are its model). */
import { decide } from "./decide.ts";
import { situationsWith, type DecisionTable, type TableFact } from "./decision-table.ts";
import type { Answers } from "./fault.ts";
import { ANY, type MatrixState } from "./matrix-state.ts";
import type { Rule } from "./rule-file.ts";
import { VERDICTS, type Verdict } from "./verdict.ts";

/** How many situations get which verdict, strictest first. */
export type Split = readonly { readonly verdict: Verdict; readonly situations: number }[];

export interface MatrixCell {
  /** What all situations of the cell share, in table order: everything, where no filter is left open. */
  answers: Answers;
  /** How many that are. */
  situations: number;
  /** Their verdicts; adds up to `situations`. */
  split: Split;
  /** The first rule in table order that decides one of them. */
  rule: Rule;
  /** Facts left open that the verdict depends on; where there is one verdict, those that what must be done depends on. */
  dependsOn: readonly string[];
  /** Filters with an answer, and which other answers would change the verdict in one of the situations or more. */
  changes: readonly { fact: string; answers: readonly string[] }[];
}

export interface MatrixView {
  rows: TableFact;
  columns: TableFact;
  /** The facts that are neither axis, in table order. */
  assumed: readonly TableFact[];
  /** What holds for them: an answer, or ANY. */
  assume: Answers;
  /** Cells by row, then by column, in the order of the answers. */
  cells: readonly (readonly MatrixCell[])[];
}

/**
 * Works a matrix out; the last ones of a table are remembered.
 * @throws RangeError when the state names a fact or an answer that the table lacks (`readState` drops those)
 */
export function viewMatrix(table: DecisionTable, { rows, columns, filters }: MatrixState): MatrixView {
  const key = JSON.stringify([rows, columns, filters]);
  const known = views.get(table) ?? new Map<string, MatrixView>();
  views.set(table, known);
  const view = known.get(key) ?? workOut(table, rows, columns, filters);
  if (known.size >= MOST_REMEMBERED) known.clear();
  known.set(key, view);
  return view;
}

const views = new WeakMap<DecisionTable, Map<string, MatrixView>>();
const MOST_REMEMBERED = 50;

function workOut(table: DecisionTable, rowFact: string, columnFact: string, filters: Answers): MatrixView {
  const factNamed = (name: string) => {
    const fact = table.facts.find((candidate) => candidate.name === name);
    if (!fact) throw new RangeError(`The matrix uses "${name}", which is not among the facts.`);
    return fact;
  };
  const [rows, columns] = [factNamed(rowFact), factNamed(columnFact)];
  const assumed = table.facts.filter((fact) => fact !== rows && fact !== columns);
  const assume = Object.fromEntries(assumed.map(({ name }) => [name, filters[name] ?? ANY]));
  const cells = rows.answers.map((row) =>
    columns.answers.map((column) => {
      const all: Answers = { ...assume, [rows.name]: row, [columns.name]: column };
      const known = table.facts.flatMap(({ name }): [string, string][] =>
        all[name] === ANY ? [] : [[name, all[name] ?? ""]],
      );
      return cellOf(table, assumed, Object.fromEntries(known));
    }),
  );
  return { rows, columns, assumed, assume, cells };
}

function cellOf(table: DecisionTable, assumed: readonly TableFact[], answers: Answers): MatrixCell {
  const open = situationsWith(table, answers);
  const split = splitOf(table, open);
  const decision = decide(table, answers);
  const isOne = split.length === 1;
  const rule = decision.settled ? decision.rule : table.rules[firstOf(table, open)];
  if (!rule) throw new RangeError("A matrix cell has a situation without a rule.");
  return {
    answers,
    situations: open.length,
    split,
    rule,
    dependsOn: decision.settled
      ? []
      : decision.needs.filter((name) => isOne || canChangeVerdict(table, open, factOf(table, name))),
    changes: changesOf(table, assumed, answers, open),
  };
}

/**
 * The clauses that a cell rests on, each once, in the order of the rules that decide its situations.
 * @param verdict only those for this one, where it has several
 */
export function clausesIn(table: DecisionTable, { answers }: MatrixCell, verdict?: Verdict): string[] {
  const deciding = new Set([...situationsWith(table, answers)].map((situation) => table.winner[situation]));
  const rules = table.rules.filter((rule, at) => deciding.has(at) && (!verdict || rule.verdict === verdict));
  return [...new Set(rules.flatMap(({ because }) => because))];
}

/** The verdicts of some situations of a table, strictest first. */
export function splitOf(table: DecisionTable, situations: Int32Array): Split {
  const perRule = new Map<number, number>();
  for (const situation of situations) {
    const rule = table.winner[situation] ?? -1;
    perRule.set(rule, (perRule.get(rule) ?? 0) + 1);
  }
  return VERDICTS.flatMap((verdict) => {
    let sum = 0;
    for (const [rule, count] of perRule) if (table.rules[rule]?.verdict === verdict) sum += count;
    return sum > 0 ? [{ verdict, situations: sum }] : [];
  });
}

function changesOf(table: DecisionTable, assumed: readonly TableFact[], answers: Answers, open: Int32Array) {
  return assumed.flatMap(({ name, answers: possible, stride }) => {
    const given = answers[name];
    if (given === undefined) return [];
    const others = possible.filter((answer, at) => {
      const apart = (at - possible.indexOf(given)) * stride;
      return open.some((situation) => verdictAt(table, situation) !== verdictAt(table, situation + apart));
    });
    return others.length > 0 ? [{ fact: name, answers: others }] : [];
  });
}

function canChangeVerdict(table: DecisionTable, open: Int32Array, fact: TableFact): boolean {
  return open.some(
    (situation) =>
      Math.floor(situation / fact.stride) % fact.answers.length > 0 &&
      verdictAt(table, situation) !== verdictAt(table, situation - fact.stride),
  );
}

function verdictAt(table: DecisionTable, situation: number): Verdict | undefined {
  return table.rules[table.winner[situation] ?? -1]?.verdict;
}

function firstOf(table: DecisionTable, open: Int32Array): number {
  return open.reduce((first, situation) => Math.min(first, table.winner[situation] ?? -1), Infinity);
}

function factOf(table: DecisionTable, name: string): TableFact {
  const fact = table.facts.find((candidate) => candidate.name === name);
  if (!fact) throw new RangeError(`"${name}" is not among the facts.`);
  return fact;
}
