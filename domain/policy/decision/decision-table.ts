/** An ordered decision table, first match wins, worked out once for every situation (docs/design.md, "Rules as data"). */
import type { Answers } from "./fault.ts";
import type { Fact } from "./fact.ts";
import type { Obligation, Rule } from "./rule-file.ts";

/** More situations than this and the whole product can no longer be proven in a moment. */
export const MOST_SITUATIONS = 2_000_000;

export interface TableFact {
  readonly name: string;
  readonly fact: Fact;
  readonly answers: readonly string[];
  /** How far apart in the table two neighbouring answers of this fact stand. */
  readonly stride: number;
}

export interface DecisionTable {
  /** In the order in which the author named them. */
  readonly facts: readonly TableFact[];
  /** True where questions are asked in the order of `facts`; else in one that asks few (see `nextFact`). */
  readonly isOrderFixed: boolean;
  readonly rules: readonly Rule[];
  readonly obligations: ReadonlyMap<string, Obligation>;
  /** Number of situations: the product of the answers of all facts. */
  readonly situations: number;
  /** For each situation the index of the rule that decides it, or -1. */
  readonly winner: Int32Array;
  /** For each situation a number, equal where verdict and, unless it is `never`, obligations are equal; -1 without a rule. */
  readonly outcome: Int32Array;
}

/**
 * Works a table out. Facts stand in the order that the author prefers to ask them in; rules in table order.
 * @param isOrderFixed whether questions keep to that order, however many that takes
 * @throws RangeError when there are more than MOST_SITUATIONS situations.
 */
export function buildTable(
  facts: readonly (readonly [name: string, fact: Fact])[],
  rules: readonly Rule[],
  obligations: readonly Obligation[],
  isOrderFixed = false,
): DecisionTable {
  const situations = facts.reduce((product, [, fact]) => product * Object.keys(fact.answers).length, 1);
  if (situations > MOST_SITUATIONS)
    throw new RangeError(
      `${situations} situations are more than the ${MOST_SITUATIONS} that can be proven; use fewer facts.`,
    );
  let stride = situations;
  const tableFacts = facts.map(([name, fact]) => {
    const answers = Object.keys(fact.answers);
    stride /= answers.length;
    return { name, fact, answers, stride };
  });
  const matches = rules.map((rule) =>
    tableFacts.map(({ name, answers }) => {
      const expected = rule.when[name];
      return expected ? answers.map((answer) => expected.includes(answer)) : null;
    }),
  );
  const winner = new Int32Array(situations).fill(-1);
  const digits = new Array<number>(tableFacts.length).fill(0);
  for (let situation = 0; situation < situations; situation++) {
    winner[situation] = matches.findIndex((row) =>
      row.every((expected, at) => expected === null || expected[digits[at] ?? 0]),
    );
    for (let at = tableFacts.length - 1; at >= 0; at--) {
      const next = (digits[at] ?? 0) + 1;
      if (next < (tableFacts[at]?.answers.length ?? 0)) {
        digits[at] = next;
        break;
      }
      digits[at] = 0;
    }
  }
  const outcomes = new Map<string, number>();
  const outcomeOf = rules.map((rule) => {
    const key =
      rule.verdict === "never" ? "never" : `${rule.verdict} ${[...new Set(rule.obligations)].sort().join(" ")}`;
    const known = outcomes.get(key) ?? outcomes.size;
    outcomes.set(key, known);
    return known;
  });
  return {
    facts: tableFacts,
    isOrderFixed,
    rules,
    obligations: new Map(obligations.map((obligation) => [obligation.id, obligation])),
    situations,
    winner,
    outcome: winner.map((rule) => outcomeOf[rule] ?? -1),
  };
}

/** The answers that make up situation number `situation` of the table. */
export function situationAt(table: DecisionTable, situation: number): Answers {
  return Object.fromEntries(
    table.facts.map(({ name, answers, stride }) => [
      name,
      answers[Math.floor(situation / stride) % answers.length] ?? "",
    ]),
  );
}

/**
 * The numbers of all situations in which these answers hold, in no particular order.
 * Answers of facts that the table does not use are ignored.
 * @throws RangeError for an answer that its fact does not have.
 */
export function situationsWith(table: DecisionTable, answers: Answers): Int32Array {
  // Plain loops: a decision on a whole situation is little more than these.
  let base = 0;
  let size = 1;
  for (const { name, answers: possible, stride } of table.facts) {
    const given = answers[name];
    if (given === undefined) {
      size *= possible.length;
      continue;
    }
    const at = possible.indexOf(given);
    if (at < 0) throw new RangeError(`"${given}" is no answer to ${name}; the answers are ${possible.join(", ")}.`);
    base += at * stride;
  }
  const found = new Int32Array(size);
  found[0] = base;
  let filled = 1;
  if (size > 1)
    for (const { name, answers: possible, stride } of table.facts) {
      if (answers[name] !== undefined) continue;
      for (let at = filled; at < filled * possible.length; at++) found[at] = (found[at - filled] ?? 0) + stride;
      filled *= possible.length;
    }
  return found;
}
