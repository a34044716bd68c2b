/** Situations that share something, said in few lines: each line names the answers that a fact may have, and leaves out facts that may have any. */
import type { TableFact } from "./decision-table.ts";

export interface Group {
  /** What the situations share: the number that was given for each of them. */
  label: number;
  /** Fact → the answers that it has here; a fact that may have any answer is left out. */
  when: Readonly<Record<string, readonly string[]>>;
  /** How many situations that is. */
  situations: number;
}

type Axis = Pick<TableFact, "name" | "answers">;
/** For each fact the answers that are in, as bits. */
type Row = { label: number; first: number; masks: number[] };

/** More answers to one fact than bits in a number. */
export const MOST_ANSWERS = 31;

/**
 * Groups situations by label into few lines. Every labelled situation is in exactly one line, and no other is.
 * Lines are joined fact by fact, always at the fact that leaves the fewest, until none can be joined.
 * @param axes the facts, the last varying fastest, as situations are numbered in a decision table
 * @param labels for each situation a number from 0, or -1 to leave it out
 * @returns lines in the order of their first situation
 * @throws RangeError for a fact with more than 31 answers
 */
export function groupSituations(axes: readonly Axis[], labels: ArrayLike<number>): Group[] {
  for (const { name, answers } of axes)
    if (answers.length > MOST_ANSWERS)
      throw new RangeError(`"${name}" has ${answers.length} answers; at most ${MOST_ANSWERS} can be grouped.`);
  let rows = singleRows(axes, labels);
  for (let before = Infinity; rows.length < before;) {
    before = rows.length;
    const open = new Set(axes.keys());
    while (open.size > 0) {
      const [best] = [...open]
        .map((at) => ({ at, keys: keysWithout(axes, rows, at) }))
        .map(({ at, keys }) => ({ at, keys, lines: countDistinct(keys) }))
        .sort((a, b) => a.lines - b.lines);
      if (!best) break;
      if (best.lines < rows.length) rows = joinAt(rows, best.at, best.keys);
      open.delete(best.at);
    }
  }
  return rows.sort((a, b) => a.first - b.first).map((row) => toGroup(axes, row));
}

function singleRows(axes: readonly Axis[], labels: ArrayLike<number>): Row[] {
  const rows: Row[] = [];
  const digits = new Array<number>(axes.length).fill(0);
  for (let situation = 0; situation < labels.length; situation++) {
    const label = labels[situation] ?? -1;
    if (label >= 0) rows.push({ label, first: situation, masks: digits.map((digit) => 1 << digit) });
    for (let at = axes.length - 1; at >= 0; at--) {
      const next = (digits[at] ?? 0) + 1;
      if (next < (axes[at]?.answers.length ?? 0)) {
        digits[at] = next;
        break;
      }
      digits[at] = 0;
    }
  }
  return rows;
}

/** For each row a number, equal for those that are alike in label and in all facts but the one at `at`. */
function keysWithout(axes: readonly Axis[], rows: readonly Row[], at: number): Float64Array {
  let keys = Float64Array.from(rows, ({ label }) => label);
  let bound = 1 + keys.reduce((most, key) => Math.max(most, key), 0);
  axes.forEach(({ answers }, other) => {
    if (other === at) return;
    const masks = 2 ** answers.length;
    if (bound * masks > Number.MAX_SAFE_INTEGER) {
      // Numbered anew, there are no more keys than rows: at most two million, times 31 bits, are still exact.
      const known = new Map<number, number>();
      keys = keys.map((key) => {
        const number = known.get(key) ?? known.size;
        known.set(key, number);
        return number;
      });
      bound = known.size;
    }
    for (let row = 0; row < keys.length; row++) keys[row] = (keys[row] ?? 0) * masks + (rows[row]?.masks[other] ?? 0);
    bound *= masks;
  });
  return keys;
}

function countDistinct(keys: Float64Array): number {
  const sorted = keys.toSorted();
  return sorted.reduce((count, key, at) => (at > 0 && key === sorted[at - 1] ? count : count + 1), 0);
}

/** Joins the rows that have the same key: they differ in the fact at `at` alone. */
function joinAt(rows: readonly Row[], at: number, keys: Float64Array): Row[] {
  const joined = new Map<number, Row>();
  rows.forEach((row, index) => {
    const key = keys[index] ?? -1;
    const known = joined.get(key);
    if (!known) {
      joined.set(key, { ...row, masks: [...row.masks] });
      return;
    }
    known.masks[at] = (known.masks[at] ?? 0) | (row.masks[at] ?? 0);
    known.first = Math.min(known.first, row.first);
  });
  return [...joined.values()];
}

function toGroup(axes: readonly Axis[], { label, masks }: Row): Group {
  const held = axes.map(({ name, answers }, at) => ({
    name,
    isAny: masks[at] === (1 << answers.length) - 1,
    answers: answers.filter((_, bit) => ((masks[at] ?? 0) >> bit) & 1),
  }));
  return {
    label,
    when: Object.fromEntries(held.filter(({ isAny }) => !isAny).map(({ name, answers }) => [name, answers])),
    situations: held.reduce((product, { answers }) => product * answers.length, 1),
  };
}
