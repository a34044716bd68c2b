/**
 * An ordered decision table in which the first match wins, compiled into a decision diagram
 * (docs/design.md, "Rules as data"; ADR 049).
 */
import { closeOrder, Diagrams, NONE, OPEN, type Condition, type Digits, type Ref } from "./decision-diagram.ts";
import type { Fact } from "./fact.ts";
import type { Answers, Obligation, Rule } from "./rule-file.ts";

export interface TableFact {
  readonly name: string;
  readonly fact: Fact;
  readonly answers: readonly string[];
  /** Distance in the table between two neighbouring answers of this fact. */
  readonly stride: number;
}

export interface DecisionTable {
  /** In the author's order; the axes of `diagrams`. */
  readonly facts: readonly TableFact[];
  /** True if questions are asked in the order of `facts`; otherwise in an order that asks few (see `nextFact`). */
  readonly isOrderFixed: boolean;
  readonly rules: readonly Rule[];
  readonly obligations: ReadonlyMap<string, Obligation>;
  /** Number of situations: the product of the answers of all facts. */
  readonly situations: number;
  readonly diagrams: Diagrams;
  /** The index of the rule that decides, or NONE. */
  readonly winner: Ref;
  /** For each rule a number, equal for rules with the same verdict and, unless it is `never`, the same obligations. */
  readonly outcomeOf: readonly number[];
}

/**
 * Compiles a table. Facts are in the order in which the author prefers to ask them; rules in table order.
 * @param isOrderFixed whether questions keep to that order, however many that takes
 * @throws RangeError if the situations cannot be counted exactly; DiagramLimitError, a subclass, if the rules depend on
 * each other in too many ways
 */
export function buildTable(
  facts: readonly (readonly [name: string, fact: Fact])[],
  rules: readonly Rule[],
  obligations: readonly Obligation[],
  isOrderFixed = false,
): DecisionTable {
  const axes = withStrides(facts.map(([name, fact]) => ({ name, fact, answers: Object.keys(fact.answers) })));
  const { diagrams, winners } = diagramsOver(axes, [{ facts: axes, rules }]);
  return {
    facts: axes,
    isOrderFixed,
    rules,
    obligations: new Map(obligations.map((obligation) => [obligation.id, obligation])),
    situations: productOf(axes),
    diagrams,
    winner: winners[0] ?? diagrams.leaf(NONE),
    outcomeOf: outcomesOfRules(rules),
  };
}

function outcomesOfRules(rules: readonly Rule[]): number[] {
  const outcomes = new Map<string, number>();
  return rules.map((rule) => {
    const key = outcomeKey(rule);
    const known = outcomes.get(key) ?? outcomes.size;
    outcomes.set(key, known);
    return known;
  });
}

/** Equal for rules with the same verdict and, unless it is `never`, the same obligations. */
export const outcomeKey = ({ verdict, obligations }: Pick<Rule, "verdict" | "obligations">): string =>
  verdict === "never" ? "never" : `${verdict} ${[...new Set(obligations)].sort().join(" ")}`;

/** The facts that a verdict or a duty depends on in some situation. */
export function decidingFacts({ diagrams, winner, outcomeOf, facts }: DecisionTable): string[] {
  const own = new Diagrams(diagrams.sizes, diagrams.order);
  const outcome = own.combine([winner], ([rule = NONE]) => outcomeOf[rule] ?? NONE, diagrams);
  return own.axesOf(outcome).flatMap((axis) => facts[axis]?.name ?? []);
}

/** The same facts with their strides. @throws RangeError if there are more situations than can be counted exactly */
export function withStrides<Of extends Pick<TableFact, "answers">>(facts: readonly Of[]): (Of & { stride: number })[] {
  const situations = productOf(facts);
  if (situations > Number.MAX_SAFE_INTEGER)
    throw new RangeError(`${situations} situations are more than can be counted exactly; use fewer facts.`);
  let stride = situations;
  return facts.map((fact) => ({ ...fact, stride: (stride /= fact.answers.length) }));
}

/** How many situations the facts make up. */
export const productOf = (facts: readonly { answers: readonly unknown[] }[]): number =>
  facts.reduce((product, { answers }) => product * answers.length, 1);

type Axes = readonly (Pick<TableFact, "name" | "answers"> & Partial<Pick<TableFact, "fact">>)[];

/**
 * The deciding rules of several tables over shared axes, as diagrams that can be combined. An answer that a table does
 * not know has no rule; a fact of the table that is not an axis has its first answer; an axis that it does not use
 * makes no difference.
 * @throws DiagramLimitError
 */
export function diagramsOver(axes: Axes, tables: readonly { facts: Axes; rules: readonly Pick<Rule, "when">[] }[]) {
  const conditions = tables.map(({ facts, rules }) => {
    const gone = facts.filter(({ name }) => !axes.some((axis) => axis.name === name));
    return rules.flatMap((rule, at) => {
      const holds = gone.every(({ name, answers: [first = ""] }) => rule.when[name]?.includes(first) ?? true);
      return holds ? [{ at, condition: axes.map((axis) => allowedBy(rule, facts, axis)) }] : [];
    });
  });
  const all = conditions.flatMap((some) => some.map(({ condition }) => condition));
  const diagrams = new Diagrams(
    axes.map(({ answers }) => answers.length),
    closeOrder(
      axes.length,
      all,
      [...axes.keys()].filter((axis) => axes[axis]?.fact?.ordered),
    ),
  );
  const winners = conditions.map((some) => {
    const first = diagrams.firstOf(some.map(({ condition }) => condition));
    return some.every(({ at }, place) => at === place)
      ? first
      : diagrams.combine([first], ([place = NONE]) => some[place]?.at ?? NONE);
  });
  return { diagrams, winners };
}

function allowedBy(rule: Pick<Rule, "when">, facts: Axes, { name, answers }: Axes[number]): Condition[number] {
  const own = facts.find((fact) => fact.name === name);
  if (!own) return null;
  const expected = rule.when[name];
  const allowed = answers.map((answer) => own.answers.includes(answer) && (expected?.includes(answer) ?? true));
  return allowed.every(Boolean) ? null : allowed;
}

/** The answers of situation number `situation` of the table. */
export const situationAt = ({ facts }: Pick<DecisionTable, "facts">, situation: number): Answers =>
  Object.fromEntries(
    facts.map(({ name, answers, stride }) => [name, answers[Math.floor(situation / stride) % answers.length] ?? ""]),
  );

/**
 * For each fact the index of its answer, or OPEN. Answers to facts that the table does not use are ignored.
 * @throws RangeError for an answer that its fact does not have
 */
export const digitsOf = ({ facts }: { facts: Axes }, answers: Answers): number[] =>
  facts.map(({ name, answers: possible }) => {
    const given = answers[name];
    if (given === undefined) return OPEN;
    const at = possible.indexOf(given);
    if (at < 0) throw new RangeError(`"${given}" is not an answer to ${name}; the answers are ${possible.join(", ")}.`);
    return at;
  });

/** The answers with these indexes, one for each fact. */
export const answersAt = ({ facts }: { facts: Axes }, places: Digits): Answers =>
  Object.fromEntries(facts.map(({ name, answers }, at) => [name, answers[places[at] ?? 0] ?? ""]));

/** In how many situations with these answers each rule decides, by its index; NONE if some have no rule. */
export const tallyOf = (table: DecisionTable, answers: Answers): Map<number, number> =>
  table.diagrams.tally(table.winner, digitsOf(table, answers));
