/** Which question comes next: few are asked on average, and where it costs little they keep the author's order. */
import { situationsWith, type DecisionTable } from "./decision-table.ts";
import type { Answers } from "./fault.ts";

/** At most this much more than the fewest possible questions is asked on average, uniform over situations: 10 %. */
export const MOST_QUESTIONS_TO_BEST = 1.1;

/** Tables with more sub-cubes than this are not worked out as a whole; the next question is then the most telling one. */
export const MOST_CUBES = 2 ** 22;

/**
 * Says which of the needed facts is asked next. It is the first in table order with which the average number of questions
 * still to be asked stays within 10 % of the fewest possible for these answers; where the author fixed the order, and
 * beyond MOST_CUBES, see `DecisionTable.isOrderFixed` and ADR 018.
 * @param needs the facts that can still change the outcome, in table order
 */
export function nextFact(table: DecisionTable, answers: Answers, needs: readonly [string, ...string[]]): string {
  if (table.isOrderFixed || needs.length === 1) return needs[0];
  const plan = planOf(table);
  return (plan ? plan.next(answers) : mostInformative(table, answers, needs)) ?? needs[0];
}

/** The fewest questions that any order needs, on average over all situations; null beyond MOST_CUBES. */
export function fewestQuestions(table: DecisionTable): number | null {
  return planOf(table)?.fewest ?? null;
}

interface Plan {
  fewest: number;
  next(answers: Answers): string | undefined;
}

const plans = new WeakMap<DecisionTable, Plan | null>();

function planOf(table: DecisionTable): Plan | null {
  const known = plans.get(table);
  if (known !== undefined) return known;
  const made = makePlan(table);
  plans.set(table, made);
  return made;
}

/** A fact that matters. Answers that never make a difference to each other are one class: they lead the same way. */
interface Axis {
  name: string;
  /** For each class how many answers are in it, and how far into the table the first of them stands. */
  classes: { answers: number; offset: number }[];
  classOf: ReadonlyMap<string, number>;
  /** How many answers the fact has. */
  size: number;
  /** How far apart the cubes of two neighbouring classes stand; 0 is "not answered", 1 the first class. */
  stride: number;
}

function axesOf(table: DecisionTable): { axes: Axis[]; cubes: number } {
  let cubes = 1;
  const axes = table.facts
    .map(({ name, answers, stride }): Axis => {
      const classes: Axis["classes"] = [];
      const classOf = new Map<string, number>();
      answers.forEach((answer, at) => {
        const offset = at * stride;
        const known = classes.findIndex((one) =>
          isSameSlice(table, stride * answers.length, stride, one.offset, offset),
        );
        const same = classes[known];
        if (same) same.answers++;
        classOf.set(answer, same ? known : classes.push({ answers: 1, offset }) - 1);
      });
      return { name, classes, classOf, size: answers.length, stride: 0 };
    })
    .filter(({ classes }) => classes.length > 1);
  for (const axis of axes.toReversed()) {
    axis.stride = cubes;
    cubes *= axis.classes.length + 1;
  }
  return { axes, cubes };
}

/** Whether two answers of a fact, `one` and `other` into each block of its answers, have the same outcome everywhere. */
function isSameSlice({ outcome }: DecisionTable, block: number, stride: number, one: number, other: number): boolean {
  for (let start = 0; start < outcome.length; start += block)
    for (let at = start; at < start + stride; at++) if (outcome[at + one] !== outcome[at + other]) return false;
  return true;
}

/** A cube whose situations do not all have the same outcome. */
const OPEN = -2;

/**
 * Works out every cube of answers, the fullest first: the fewest questions from there, and the first fact in table order
 * that keeps to MOST_QUESTIONS_TO_BEST. A fact that cannot matter costs a whole question more than the fewest, so it is
 * never taken. Questions are counted over all situations of a cube, in whole numbers.
 */
function makePlan(table: DecisionTable): Plan | null {
  const { axes, cubes } = axesOf(table);
  if (cubes > MOST_CUBES) return null;
  const outcome = new Int32Array(cubes);
  const [fewest, asked] = [new Float64Array(cubes), new Float64Array(cubes)];
  const chosen = new Int8Array(cubes).fill(-1);
  const digits = Int32Array.from(axes, ({ classes }) => classes.length);
  const sums = new Float64Array(axes.length);
  for (let cube = cubes - 1; cube >= 0; cube--) {
    settle(cube);
    for (let at = axes.length - 1; at >= 0; at--) {
      const digit = (digits[at] ?? 0) - 1;
      digits[at] = digit < 0 ? (axes[at]?.classes.length ?? 0) : digit;
      if (digit >= 0) break;
    }
  }
  return {
    fewest: (fewest[0] ?? 0) / axes.reduce((product, { size }) => product * size, 1),
    next(answers) {
      const cube = axes.reduce((sum, { name, classOf, stride }) => {
        const given = answers[name];
        return given === undefined ? sum : sum + ((classOf.get(given) ?? -1) + 1) * stride;
      }, 0);
      return axes[chosen[cube] ?? -1]?.name;
    },
  };

  /** Plain loops: this runs for each of up to four million cubes. */
  function settle(cube: number): void {
    let situations = 1;
    let offset = 0;
    let first: Axis | undefined;
    for (let at = 0; at < axes.length; at++) {
      const axis = axes[at];
      const digit = digits[at] ?? 0;
      if (axis === undefined) continue;
      if (digit > 0) offset += axis.classes[digit - 1]?.offset ?? 0;
      else {
        first ??= axis;
        situations *= axis.size;
      }
    }
    outcome[cube] = first ? commonOutcome(outcome, cube, first) : (table.outcome[offset] ?? -1);
    if (outcome[cube] !== OPEN) return;
    let best = Infinity;
    for (let at = 0; at < axes.length; at++) {
      sums[at] = digits[at] === 0 ? sumOver(fewest, cube, axes[at]) : Infinity;
      best = Math.min(best, situations + (sums[at] ?? 0));
    }
    fewest[cube] = best;
    for (let at = 0; at < axes.length; at++) {
      if ((sums[at] ?? Infinity) >= best) continue;
      const questions = situations + sumOver(asked, cube, axes[at]);
      if (questions > best * MOST_QUESTIONS_TO_BEST) continue;
      asked[cube] = questions;
      chosen[cube] = at;
      return;
    }
  }
}

/** What all the cubes say into which an axis divides a cube; OPEN where they do not say the same. */
function commonOutcome(outcome: Int32Array, cube: number, { classes, stride }: Axis): number {
  const one = outcome[cube + stride] ?? OPEN;
  for (let at = 2; at <= classes.length; at++) if (outcome[cube + at * stride] !== one) return OPEN;
  return one;
}

/** Of so many questions for each cube: the sum over those into which an axis divides a cube. */
function sumOver(questions: Float64Array, cube: number, axis: Axis | undefined): number {
  let sum = 0;
  if (axis)
    for (let at = 0; at < axis.classes.length; at++)
      sum += (axis.classes[at]?.answers ?? 0) * (questions[cube + (at + 1) * axis.stride] ?? 0);
  return sum;
}

/** The fact whose answer leaves least unsaid (least entropy of outcomes); of equals, the first in table order. */
function mostInformative(table: DecisionTable, answers: Answers, needs: readonly string[]): string | undefined {
  const open = situationsWith(table, answers);
  const outcomes = 1 + open.reduce((most, situation) => Math.max(most, table.outcome[situation] ?? 0), 0);
  let best: string | undefined;
  let least = Infinity;
  for (const { name, answers: possible, stride } of table.facts) {
    if (!needs.includes(name)) continue;
    const tally = new Int32Array(possible.length * outcomes);
    for (const situation of open) {
      const at = (Math.floor(situation / stride) % possible.length) * outcomes + (table.outcome[situation] ?? 0);
      tally[at] = (tally[at] ?? 0) + 1;
    }
    let unsaid = open.length * Math.log2(open.length / possible.length);
    for (const count of tally) if (count > 0) unsaid -= count * Math.log2(count);
    if (unsaid < least - 1e-9) [best, least] = [name, unsaid];
  }
  return best;
}
