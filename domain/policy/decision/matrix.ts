/**
 * The matrix is a view of the decision table: any two facts as axes, the others assumed or left open (modelled on
 * S3.13-S3.20).
 */
import { decide } from "./decide.ts";
import { Diagrams, NONE, OPEN, type Digits } from "./decision-diagram.ts";
import { digitsOf, tallyOf, type DecisionTable, type TableFact, diagramsOver } from "./decision-table.ts";
import { ANY, type MatrixState } from "./matrix-state.ts";
import { oncePer } from "./once-per.ts";
import type { Answers, Rule } from "./rule-file.ts";
import { groupValues, type Group } from "./situation-group.ts";
import { VERDICTS, type Verdict } from "./verdict.ts";
import { sameObligations } from "./difference.ts";

/** How many situations get which verdict, strictest first. */
export type Split = readonly { readonly verdict: Verdict; readonly situations: number }[];

export interface MatrixCell {
  /** What all situations of the cell share, in table order: all facts, if no filter is left open. */
  answers: Answers;
  /** The number of those situations. */
  situations: number;
  /** Their verdicts; adds up to `situations`. */
  split: Split;
  /** The first rule in table order that decides one of them. */
  rule: Rule;
  /** Open facts that the verdict depends on; if there is only one verdict, those that the obligations depend on. */
  dependsOn: readonly string[];
  /** Filters with an answer, and which other answers would change the verdict in at least one of the situations. */
  changes: readonly { fact: string; answers: readonly string[] }[];
}

export type MatrixView = ReturnType<typeof workOut>;

/**
 * Builds a matrix; the most recent ones of each table are cached.
 * @throws RangeError if the state names a fact or an answer that the table lacks (`readState` drops those)
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

function workOut(table: DecisionTable, rowFact: string, columnFact: string, filters: Answers) {
  const factNamed = (name: string) => {
    const fact = table.facts.find((candidate) => candidate.name === name);
    if (!fact) throw new RangeError(`The matrix uses "${name}", which is not among the facts.`);
    return fact;
  };
  const [rows, columns] = [factNamed(rowFact), factNamed(columnFact)];
  /** The facts that are not axes, in table order, and what applies to them: an answer, or ANY. */
  const assumed = table.facts.filter((fact) => fact !== rows && fact !== columns);
  const assume: Answers = Object.fromEntries(assumed.map(({ name }) => [name, filters[name] ?? ANY]));
  /** By row, then by column, in the order of the answers. */
  const cells: readonly (readonly MatrixCell[])[] = rows.answers.map((row) =>
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
  const tally = tallyOf(table, answers);
  const split = splitOf(table.rules, tally);
  const decision = decide(table, answers);
  const rule = decision.settled ? decision.rule : table.rules[Math.min(...tally.keys())];
  if (!rule) throw new RangeError("A matrix cell has a situation without a rule.");
  return {
    answers,
    situations: sumOf(tally),
    split,
    rule,
    dependsOn: decision.settled ? [] : dependsOn(table, answers, decision.needs, split.length === 1),
    changes: changesOf(table, assumed, answers),
  };
}

const sumOf = (tally: ReadonlyMap<number, number>) => [...tally.values()].reduce((sum, count) => sum + count, 0);

/**
 * The clauses that a cell is based on, each once, in the order of the rules that decide its situations.
 * @param verdict only those for this one, if the cell has several
 */
export function clausesIn(table: DecisionTable, { answers }: MatrixCell, verdict?: Verdict): string[] {
  const deciding = tallyOf(table, answers);
  const rules = table.rules.filter((rule, at) => deciding.has(at) && (!verdict || rule.verdict === verdict));
  return [...new Set(rules.flatMap(({ because }) => because))];
}

/** The situations of a cell with one verdict, in few lines; empty if there are too many different ones to list. */
export function groupsWith(table: DecisionTable, { answers }: MatrixCell, verdict: Verdict): Group[] {
  const digits = digitsOf(table, answers);
  const { diagrams, root } = verdictsWith(table, digits);
  const only = diagrams.combine([root], ([said = OPEN]) => (VERDICTS[said] === verdict ? 0 : NONE));
  return groupValues(table.facts, diagrams, only, digits) ?? [];
}

/** The verdicts of some situations, strictest first. @param tally the number of situations that each rule decides */
export const splitOf = (rules: readonly Rule[], tally: ReadonlyMap<number, number>): Split =>
  VERDICTS.flatMap((verdict) => {
    let sum = 0;
    for (const [rule, count] of tally) if (rules[rule]?.verdict === verdict) sum += count;
    return sum > 0 ? [{ verdict, situations: sum }] : [];
  });

function dependsOn(table: DecisionTable, answers: Answers, needs: readonly string[], isOneVerdict: boolean): string[] {
  if (isOneVerdict) return [...needs];
  const { diagrams, root } = verdictsWith(table, digitsOf(table, answers));
  const names = diagrams.axesOf(root).map((axis) => table.facts[axis]?.name);
  return needs.filter((name) => names.includes(name));
}

const changesOf = (table: DecisionTable, assumed: readonly TableFact[], answers: Answers): MatrixCell["changes"] =>
  assumed.flatMap(({ name, answers: possible }) => {
    const given = answers[name];
    if (given === undefined) return [];
    const axis = table.facts.findIndex((fact) => fact.name === name);
    const { diagrams, root } = verdictsWith(table, digitsOf(table, answers).with(axis, OPEN));
    const said = possible.map((_, at) => diagrams.withAnswer(root, axis, at));
    const others = possible.filter((_, at) => said[at] !== said[possible.indexOf(given)]);
    return others.length > 0 ? [{ fact: name, answers: others }] : [];
  });

/** The verdict of the situations with some answers, as a function of the other facts. */
function verdictsWith({ diagrams, winner, rules }: DecisionTable, digits: Digits) {
  const own = new Diagrams(diagrams.sizes, diagrams.order);
  const verdictOf = ([rule = OPEN]: readonly number[]) => VERDICTS.indexOf(rules[rule]?.verdict ?? "not-covered");
  return { diagrams: own, root: own.combine([winner], verdictOf, diagrams, digits) };
}

// What another version of a policy said in a cell of the matrix.

export interface CellChange {
  /** Situations of the cell; each counts as many times as the earlier version subdivided it. */
  situations: number;
  /** How many of them have a different verdict now. */
  verdicts: number;
  /** How many have the same verdict, but different obligations. */
  obligations: number;
  /** How many the earlier version did not know, because a fact did not have this answer. */
  unknown: number;
  /** What it said about the others. */
  was: Split;
}

/**
 * Compares a cell with the same situations in an earlier table. A fact that only one of the tables uses does not matter
 * to the other. As in `compareTables`, obligations are not compared if either verdict is `never`.
 * @returns null if nothing differs
 */
export function changeOf(before: DecisionTable, after: DecisionTable, cell: MatrixCell): CellChange | null {
  const pair = joints(before)(after);
  const known = pair.changes.get(cell);
  const change = known === undefined ? compareCell(before, after, cell, pair) : known;
  pair.changes.set(cell, change);
  return change;
}

function compareCell(
  before: DecisionTable,
  after: DecisionTable,
  cell: MatrixCell,
  { facts, diagrams, pairs: root, isSame }: Joint,
): CellChange | null {
  const was = new Map<number, number>();
  const found: CellChange = { situations: 0, verdicts: 0, obligations: 0, unknown: 0, was: [] };
  for (const [pair, count] of diagrams.tally(root, digitsOf({ facts }, cell.answers))) {
    found.situations += count;
    const [old, now] = [Math.floor(pair / after.rules.length) - 1, pair % after.rules.length];
    const [from, to] = [before.rules[old]?.verdict, after.rules[now]?.verdict];
    if (from === undefined) {
      found.unknown += count;
      continue;
    }
    was.set(old, (was.get(old) ?? 0) + count);
    if (from !== to) found.verdicts += count;
    else if (from !== "never" && !isSame(old, now)) found.obligations += count;
  }
  if (found.verdicts + found.obligations + found.unknown === 0) return null;
  return { ...found, was: splitOf(before.rules, was) };
}

type Joint = ReturnType<typeof join>;

const joints = oncePer((before: DecisionTable) => oncePer((after: DecisionTable) => join(before, after)));

/** The facts of the later table, and those that only the earlier one uses; with a cache of cells already compared. */
function join(before: DecisionTable, after: DecisionTable) {
  const gone = before.facts.filter(({ name }) => !after.facts.some((fact) => fact.name === name));
  const facts = [...after.facts, ...gone];
  const { diagrams, winners } = diagramsOver(facts, [before, after]);
  // The earlier and the later table's rule as one number; the earlier table may not know an answer.
  const pairs = diagrams.combine(winners, ([old = -1, now = -1]) => (old + 1) * after.rules.length + Math.max(now, 0));
  return {
    facts,
    diagrams,
    pairs,
    isSame: sameObligations(before, after),
    changes: new WeakMap<MatrixCell, CellChange | null>(),
  };
}
