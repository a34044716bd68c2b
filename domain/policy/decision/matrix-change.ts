/** What another version of a policy said in a cell of the matrix. */
import { type Diagrams, type Ref } from "./decision-diagram.ts";
import { diagramsOver, digitsOf, type DecisionTable, type TableFact } from "./decision-table.ts";
import { sameObligations } from "./difference.ts";
import { splitOf, type MatrixCell, type Split } from "./matrix.ts";

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

interface Joint {
  /** Those of the later table, and those that only the earlier one uses. */
  facts: readonly TableFact[];
  diagrams: Diagrams;
  /** The earlier and the later table's rule, combined into one number; the earlier table may not know an answer. */
  pairs: Ref;
  isSame(oldRule: number, newRule: number): boolean;
  /** Cache of cells already compared. */
  changes: WeakMap<MatrixCell, CellChange | null>;
}

const joints = new WeakMap<DecisionTable, WeakMap<DecisionTable, Joint>>();

function jointly(before: DecisionTable, after: DecisionTable): Joint {
  const known = joints.get(before) ?? new WeakMap<DecisionTable, Joint>();
  joints.set(before, known);
  const found = known.get(after) ?? join(before, after);
  known.set(after, found);
  return found;
}

function join(before: DecisionTable, after: DecisionTable): Joint {
  const gone = before.facts.filter(({ name }) => !after.facts.some((fact) => fact.name === name));
  const facts = [...after.facts, ...gone];
  const { diagrams, winners } = diagramsOver(facts, [before, after]);
  const pairs = diagrams.combine(winners, ([old = -1, now = -1]) => (old + 1) * after.rules.length + Math.max(now, 0));
  return { facts, diagrams, pairs, isSame: sameObligations(before, after), changes: new WeakMap() };
}
