/** What another version of a policy said in the cell of a matrix. */
import { situationsWith, type DecisionTable, type TableFact } from "./decision-table.ts";
import { sameObligations, winnersOver } from "./difference.ts";
import { splitOf, type MatrixCell, type Split } from "./matrix.ts";

export interface CellChange {
  /** Situations of the cell, each as often as the earlier version told it apart. */
  situations: number;
  /** How many of them have another verdict now. */
  verdicts: number;
  /** How many have the same verdict, but other things must be done. */
  obligations: number;
  /** How many the earlier version did not know: a fact had not this answer. */
  unknown: number;
  /** What it said of the others. */
  was: Split;
}

/**
 * Compares a cell with the same situations in an earlier table. A fact that only one of the tables uses does not matter
 * to the other. As in `compareTables`, what must be done is not compared where either verdict is `never`.
 * @returns null where nothing differs
 */
export function changeOf(before: DecisionTable, after: DecisionTable, cell: MatrixCell): CellChange | null {
  const pair = jointly(before, after);
  const known = pair.changes.get(cell);
  const change = known === undefined ? workOut(before, after, cell, pair) : known;
  pair.changes.set(cell, change);
  return change;
}

function workOut(
  before: DecisionTable,
  after: DecisionTable,
  cell: MatrixCell,
  { joint, was, isSame }: Joint,
): CellChange | null {
  const open = situationsWith(joint, cell.answers);
  const known = open.filter((situation) => (was.winner[situation] ?? -1) >= 0);
  let verdicts = 0;
  let obligations = 0;
  for (const situation of known) {
    const [old, now] = [was.winner[situation] ?? -1, joint.winner[situation] ?? -1];
    const [from, to] = [before.rules[old]?.verdict, after.rules[now]?.verdict];
    if (from !== to) verdicts++;
    else if (from !== "never" && !isSame(old, now)) obligations++;
  }
  const unknown = open.length - known.length;
  if (verdicts + obligations + unknown === 0) return null;
  return { situations: open.length, verdicts, obligations, unknown, was: splitOf(was, known) };
}

interface Joint {
  /** The later table, over its own facts and those that only the earlier one uses. */
  joint: DecisionTable;
  /** The earlier table over the same; -1 where it does not know an answer. */
  was: DecisionTable;
  isSame(oldRule: number, newRule: number): boolean;
  /** Those that were worked out. */
  changes: WeakMap<MatrixCell, CellChange | null>;
}

const pairs = new WeakMap<DecisionTable, WeakMap<DecisionTable, Joint>>();

function jointly(before: DecisionTable, after: DecisionTable): Joint {
  const known = pairs.get(before) ?? new WeakMap<DecisionTable, Joint>();
  pairs.set(before, known);
  const found = known.get(after) ?? join(before, after);
  known.set(after, found);
  return found;
}

function join(before: DecisionTable, after: DecisionTable): Joint {
  const gone = before.facts.filter(({ name }) => !after.facts.some((fact) => fact.name === name));
  const all = [...after.facts, ...gone];
  const situations = all.reduce((product, { answers }) => product * answers.length, 1);
  let stride = situations;
  const facts = all.map((fact): TableFact => ({ ...fact, stride: (stride /= fact.answers.length) }));
  const over = (table: DecisionTable): DecisionTable => ({
    ...table,
    facts,
    situations,
    winner: winnersOver(table, facts),
  });
  return { joint: over(after), was: over(before), isSame: sameObligations(before, after), changes: new WeakMap() };
}
