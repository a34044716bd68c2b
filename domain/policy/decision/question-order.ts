/** Which question comes next: few are asked on average, in the author's order if that costs little. */
import { Diagrams, DiagramLimitError, NONE, OPEN, type Digits, type Ref } from "./decision-diagram.ts";
import { digitsOf, type DecisionTable } from "./decision-table.ts";
import type { Answers } from "./rule-file.ts";
import { oncePer } from "./once-per.ts";

/** On average, at most this much more than the fewest possible questions is asked, uniform over situations: 10 %. */
export const MOST_QUESTIONS_TO_BEST = 1.1;

/**
 * With more nodes than this, the best order is not computed in full, because a reader is waiting for the first
 * question. The next question is then the most informative one.
 */
const MOST_PLANNED = 50_000;

/** The facts that can still change the outcome, in table order. */
export function neededFacts(table: DecisionTable, digits: Digits): string[] {
  const { diagrams, left } = leftAfter(table, digits);
  return diagrams.axesOf(left).map((axis) => table.facts[axis]?.name ?? "");
}

/**
 * Which of the needed facts is asked next: the first in table order with which the average number of questions still to
 * be asked stays within 10 % of the fewest possible for these answers. If the author fixed the order, or beyond
 * MOST_PLANNED, see `DecisionTable.isOrderFixed` and ADR 018.
 * @param needs the facts that can still change the outcome, in table order
 */
export function nextFact(table: DecisionTable, digits: Digits, needs: readonly [string, ...string[]]): string {
  if (table.isOrderFixed || needs.length === 1) return needs[0];
  const plan = planOf(table);
  if (plan) return table.facts[plan.after(plan.diagrams.restrict(plan.root, digits)).next]?.name ?? needs[0];
  const { diagrams, left, telling } = leftAfter(table, digits);
  const next = telling.get(left) ?? mostTelling(diagrams, left, earlierAxes(table));
  telling.set(left, next);
  return table.facts[next]?.name ?? needs[0];
}

/** The fewest questions that any order needs, on average over all situations; null if the order is approximate. */
export function fewestQuestions(table: DecisionTable): number | null {
  const plan = planOf(table);
  if (!plan) return null;
  const { fewest, situations } = plan.after(plan.root);
  return fewest / situations;
}

/** How many questions are still to be asked, if each is chosen as `nextFact` does. */
export interface RemainingQuestions {
  fewest: number;
  most: number;
  /** Over all situations with the answers given. */
  average: number;
}

/**
 * The questions still to be asked with these answers. Worked out once for each table, so that asking costs a look-up;
 * for a table that is too large for that, `fewest` and `most` are bounds that may be wider than need be.
 * @throws RangeError for an answer that its fact does not have
 */
export function remainingQuestions(table: DecisionTable, answers: Answers): RemainingQuestions {
  const digits = digitsOf(table, answers);
  const plan = table.isOrderFixed ? null : planOf(table);
  if (plan) {
    const { least, most, asked, situations } = plan.after(plan.diagrams.restrict(plan.root, digits));
    return { fewest: least, most, average: asked / situations };
  }
  const { diagrams, left, remaining } = leftAfter(table, digits);
  try {
    if (table.isOrderFixed) return inFixedOrder(diagrams, left, remaining);
  } catch (error) {
    if (!(error instanceof DiagramLimitError)) throw error;
  }
  const most = diagrams.axesOf(left).length;
  return { fewest: Math.min(most, 1), most, average: most };
}

function inFixedOrder(diagrams: Diagrams, left: Ref, known: Cofactors["remaining"]): RemainingQuestions {
  const found = known.get(left);
  if (found) return found;
  const [axis] = diagrams.axesOf(left);
  const after = Array.from({ length: axis === undefined ? 0 : (diagrams.sizes[axis] ?? 1) }, (_, answer) =>
    inFixedOrder(diagrams, diagrams.withAnswer(left, axis ?? 0, answer), known),
  );
  const made = axis === undefined ? { fewest: 0, most: 0, average: 0 } : oneMoreThan(after);
  known.set(left, made);
  return made;
}

/** The questions that a question makes, by what remains after each of its answers. */
function oneMoreThan(after: readonly RemainingQuestions[]): RemainingQuestions {
  const { fewest, most, average } = remainingOf(after);
  return { fewest: fewest + 1, most: most + 1, average: average + 1 };
}

/** What remains after one of several answers, none of which is likelier than the others. */
export const remainingOf = (after: readonly RemainingQuestions[]): RemainingQuestions => ({
  fewest: after.reduce((least, one) => Math.min(least, one.fewest), Infinity),
  most: after.reduce((most, one) => Math.max(most, one.most), 0),
  average: after.reduce((sum, one) => sum + one.average, 0) / after.length,
});

/** Cache of outcomes with some answers given. */
interface Cofactors {
  diagrams: Diagrams;
  /** The outcome with no answer given. */
  root: Ref;
  /** For each remaining function: the most informative question. */
  telling: Map<Ref, number>;
  /** For each remaining function of a table whose order is fixed: the questions to come. */
  remaining: Map<Ref, RemainingQuestions>;
}

const cofactors = new WeakMap<DecisionTable, Cofactors>();

function leftAfter(table: DecisionTable, digits: Digits): Cofactors & { left: Ref } {
  const known = (table.isOrderFixed ? null : planOf(table)) ?? cofactors.get(table);
  try {
    if (known) return { ...known, left: known.diagrams.restrict(known.root, digits) };
  } catch (error) {
    if (!(error instanceof DiagramLimitError)) throw error;
    // There are too many to keep: start again.
  }
  const fresh = copyOfOutcome(table);
  cofactors.set(table, fresh);
  return { ...fresh, left: fresh.diagrams.restrict(fresh.root, digits) };
}

/** A copy, so that everything derived from it is freed with it. */
function copyOfOutcome({ diagrams, winner, outcomeOf }: DecisionTable, most?: number): Cofactors {
  const copy = new Diagrams(diagrams.sizes, diagrams.order, most);
  const root = copy.combine([winner], ([rule = NONE]) => outcomeOf[rule] ?? NONE, diagrams);
  return { diagrams: copy, root, telling: new Map(), remaining: new Map() };
}

/** The questions still to be asked if the outcome is a function of some facts; counted over all situations of these. */
interface Prospect {
  situations: number;
  fewest: number;
  /** Questions asked if each is chosen as `nextFact` does. */
  asked: number;
  /** The fewest and the most of these in one situation. */
  least: number;
  most: number;
  /** Axis of the next question; OPEN if there is none. */
  next: number;
}

interface Plan extends Cofactors {
  after(left: Ref): Prospect;
}

const planOf = oncePer(makePlan);

function makePlan(table: DecisionTable): Plan | null {
  try {
    const copy = copyOfOutcome(table, MOST_PLANNED);
    const prospects = new Map<Ref, Prospect>();
    const earlier = earlierAxes(table);
    const after = (left: Ref): Prospect => {
      const known = prospects.get(left) ?? look(copy.diagrams, left, earlier, after);
      prospects.set(left, known);
      return known;
    };
    after(copy.root);
    return { ...copy, after };
  } catch (error) {
    if (error instanceof DiagramLimitError) return null;
    throw error;
  }
}

/** For each axis those that are asked before it (see `Fact.after`). */
type EarlierAxes = readonly (readonly number[])[];

function earlierAxes({ facts }: DecisionTable): EarlierAxes {
  return facts.map(({ fact }) => facts.flatMap(({ name }, axis) => (fact.after?.includes(name) ? [axis] : [])));
}

/** The axes that may be asked next; all of them if each waits for another. */
function askable(axes: readonly number[], earlier: EarlierAxes): readonly number[] {
  const free = axes.filter((axis) => !earlier[axis]?.some((other) => axes.includes(other)));
  return free.length > 0 ? free : axes;
}

/** Looks ahead from a function for each fact that it depends on and that may be asked next, in table order. */
function look(diagrams: Diagrams, left: Ref, earlier: EarlierAxes, after: (left: Ref) => Prospect): Prospect {
  const axes = diagrams.axesOf(left);
  const sizeOf = (axis: number) => diagrams.sizes[axis] ?? 1;
  const situations = axes.reduce((product, axis) => product * sizeOf(axis), 1);
  if (axes.length === 0) return { situations, fewest: 0, asked: 0, least: 0, most: 0, next: OPEN };
  const choices = askable(axes, earlier).map((axis) => {
    let [fewest, asked, least, most] = [0, situations, Infinity, 0];
    for (let answer = 0; answer < sizeOf(axis); answer++) {
      const then = after(diagrams.withAnswer(left, axis, answer));
      const times = situations / sizeOf(axis) / then.situations;
      fewest += then.fewest * times;
      asked += then.asked * times;
      least = Math.min(least, then.least + 1);
      most = Math.max(most, then.most + 1);
    }
    return { axis, fewest, asked, least, most };
  });
  const fewest = situations + Math.min(...choices.map((choice) => choice.fewest));
  const chosen = choices.find((choice) => choice.fewest < fewest && choice.asked <= fewest * MOST_QUESTIONS_TO_BEST);
  const { asked = Infinity, least = 0, most = axes.length, axis: next = OPEN } = chosen ?? {};
  return { situations, fewest, asked, least, most, next };
}

/** This many situations are sampled if there are too many to look at all. */
const SAMPLES = 4_096;

/**
 * The fact whose answer leaves the least uncertainty (entropy of outcomes) in situations spread evenly over all; if
 * equal, the first in table order.
 */
function mostTelling(diagrams: Diagrams, left: Ref, earlier: EarlierAxes): number {
  const axes = askable(diagrams.axesOf(left), earlier);
  const tallies = axes.map((axis) =>
    Array.from({ length: diagrams.sizes[axis] ?? 0 }, () => new Map<number, number>()),
  );
  // Multiples of an irrational number, a different one for each axis, are spread evenly and without a pattern.
  const steps = axes.map((_, at) => Math.sqrt(2 + at * (at + 1)) % 1);
  const digits = diagrams.sizes.map(() => 0);
  for (let sample = 1; sample <= SAMPLES; sample++) {
    axes.forEach(
      (axis, at) => (digits[axis] = Math.floor(((sample * (steps[at] ?? 0)) % 1) * (diagrams.sizes[axis] ?? 1))),
    );
    const outcome = diagrams.valueAt(left, digits);
    axes.forEach((axis, at) => {
      const tally = tallies[at]?.[digits[axis] ?? 0];
      tally?.set(outcome, (tally.get(outcome) ?? 0) + 1);
    });
  }
  const unsaid = tallies.map((answers) =>
    answers.reduce((sum, tally) => {
      const all = [...tally.values()].reduce((total, count) => total + count, 0);
      return [...tally.values()].reduce((rest, count) => rest - count * Math.log2(count / all), sum);
    }, 0),
  );
  const least = Math.min(...unsaid);
  return axes[unsaid.findIndex((one) => one < least + 1e-9)] ?? OPEN;
}
