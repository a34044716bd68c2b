/**
 * Describes situations that share something in few lines: each line lists the answers that a fact may have, and leaves
 * out facts that may have any.
 */
import { OPEN, type Diagrams, type Digits, type Ref } from "./decision-diagram.ts";
import { productOf, withStrides, type TableFact } from "./decision-table.ts";

export interface Group {
  /** What the situations share: the number given for each of them. */
  label: number;
  /** Fact → the answers that it has here; a fact that may have any answer is left out. */
  when: Readonly<Record<string, readonly string[]>>;
  /** How many situations that is. */
  situations: number;
}

type Axis = Pick<TableFact, "name" | "answers">;
/** For each fact the answers included, as bits. */
type Row = { label: number; first: number; masks: number[] };

/** A fact cannot have more answers than a number has bits. */
export const MOST_ANSWERS = 31;

/**
 * Groups situations by label into few lines. Every labelled situation is in exactly one line, and no others are. Lines
 * are merged fact by fact, always by the fact that leaves the fewest, until none can be merged.
 * @param axes the facts, the last varying fastest, as situations are numbered in a decision table
 * @param labels for each situation a number from 0, or -1 to leave it out
 * @returns lines in the order of their first situation
 * @throws RangeError for a fact with more than 31 answers
 */
export const groupSituations = (axes: readonly Axis[], labels: ArrayLike<number>): Group[] =>
  joinRows(axes, singleRows(axes, labels));

/** Up to this many situations are looked at one by one, which gives the fewest lines and is still quick. */
const MOST_SINGLE = 200_000;

/** Beyond MOST_SINGLE, lines are merged from the parts of a diagram, if there are no more than this: a second or two. */
const MOST_CUBES = 50_000;

/**
 * Groups the situations with some answers by the value of a diagram, leaving out NONE.
 * @param facts the axes of the diagram
 * @param digits the answers that are given; the lines are about the other facts
 * @param order the order in which these are counted, the last varying fastest: it decides between equally short
 * groupings
 * @returns null if too many different situations have to be kept apart
 * @throws RangeError as `groupSituations` does
 */
export function groupValues(
  facts: readonly Axis[],
  diagrams: Diagrams,
  root: Ref,
  digits: Digits = [],
  order: readonly number[] = [...facts.keys()].filter((at) => (digits[at] ?? OPEN) === OPEN),
): Group[] | null {
  const axes = order.flatMap((at) => facts[at] ?? []);
  if (productOf(axes) <= MOST_SINGLE) {
    const labels = new Int32Array(productOf(axes));
    const whole = facts.map((_, at) => digits[at] ?? OPEN);
    let situation = 0;
    for (const places of situationsOver(axes)) {
      order.forEach((at, place) => (whole[at] = places[place] ?? 0));
      labels[situation++] = diagrams.valueAt(root, whole);
    }
    return groupSituations(axes, labels);
  }
  const strides = withStrides(axes);
  const rows: Row[] = [];
  for (const { value, answers } of diagrams.cubes(root, digits, (one) => one >= 0)) {
    if (rows.length >= MOST_CUBES) return null;
    const held = order.map((at, place) => answers[at] ?? [...(axes[place]?.answers.keys() ?? [])]);
    const first = held.reduce((sum, places, place) => sum + (places[0] ?? 0) * (strides[place]?.stride ?? 0), 0);
    rows.push({ label: value, first, masks: held.map((places) => places.reduce((mask, one) => mask | (1 << one), 0)) });
  }
  return joinRows(axes, rows);
}

/**
 * The indexes of the answers of every situation over some facts, the last varying fastest. The same array is reused
 * each time.
 */
export function* situationsOver(axes: readonly { answers: readonly unknown[] }[]): Generator<readonly number[]> {
  const digits = new Array<number>(axes.length).fill(0);
  for (let left = productOf(axes); left > 0; left--) {
    yield digits;
    for (let at = axes.length - 1; at >= 0; at--) {
      const next = ((digits[at] ?? 0) + 1) % (axes[at]?.answers.length ?? 1);
      digits[at] = next;
      if (next > 0) break;
    }
  }
}

function joinRows(axes: readonly Axis[], single: Row[]): Group[] {
  for (const { name, answers } of axes)
    if (answers.length > MOST_ANSWERS)
      throw new RangeError(`"${name}" has ${answers.length} answers; at most ${MOST_ANSWERS} can be grouped.`);
  let rows = single;
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
  let first = 0;
  for (const digits of situationsOver(axes)) {
    const label = labels[first] ?? -1;
    if (label >= 0) rows.push({ label, first, masks: digits.map((digit) => 1 << digit) });
    first++;
  }
  return rows;
}

/**
 * For each row a number, equal for rows with the same label and the same answers to all facts except the one at `at`.
 */
function keysWithout(axes: readonly Axis[], rows: readonly Row[], at: number): Float64Array {
  let keys = Float64Array.from(rows, ({ label }) => label);
  let bound = 1 + keys.reduce((most, key) => Math.max(most, key), 0);
  axes.forEach(({ answers }, other) => {
    if (other === at) return;
    const masks = 2 ** answers.length;
    if (bound * masks > Number.MAX_SAFE_INTEGER) {
      // Renumbered, there are no more keys than rows: at most MOST_SINGLE, times 31 bits, is still exact.
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

/** Merges the rows that have the same key: they differ only in the fact at `at`. */
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
