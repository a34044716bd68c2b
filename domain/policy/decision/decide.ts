/**
 * The verdict for a situation, or what is still needed; never asks anything that cannot change the result
 * (docs/design.md, "Rules as data").
 */
import { NONE, OPEN } from "./decision-diagram.ts";
import { answersAt, digitsOf, type DecisionTable } from "./decision-table.ts";
import { neededFacts, nextFact } from "./question-order.ts";
import type { Answers, Rule } from "./rule-file.ts";

export type Decision =
  | { readonly settled: true; readonly rule: Rule }
  | {
      readonly settled: false;
      /**
       * Every fact that can still change the verdict or the obligations: the one to ask next, then the others in table
       * order.
       */
      readonly needs: readonly [string, ...string[]];
    };

/** A situation that no rule decides: the policy has a gap, and there is no silent default. */
export class UndecidedError extends Error {
  constructor(readonly situation: Answers) {
    super(`No rule decides this situation: ${describe(situation)}. Nothing is assumed. Tell the policy owner.`);
    this.name = "UndecidedError";
  }
}

/**
 * Decides from the answers known so far, whole or partial. Settled means that every completion has the same verdict
 * and, unless that is `never`, the same obligations. `rule` is then the one that can still apply and depends least on
 * what was not said: see `unsaidBy`. Answers to facts that the table does not use are ignored.
 * @throws UndecidedError if a completion has no rule; RangeError for an answer that its fact does not have.
 */
export function decide(table: DecisionTable, answers: Answers): Decision {
  const { diagrams, winner } = table;
  const digits = digitsOf(table, answers);
  if (!digits.includes(OPEN)) {
    const rule = table.rules[diagrams.valueAt(winner, digits)];
    if (!rule) throw new UndecidedError(answers);
    return { settled: true, rule };
  }
  const possible = new Set(diagrams.values(winner, digits));
  if (possible.has(NONE)) {
    throw new UndecidedError(answersAt(table, diagrams.first(winner, NONE, digits) ?? []));
  }
  if (new Set([...possible].map((rule) => table.outcomeOf[rule])).size === 1)
    return { settled: true, rule: leastSupposing(table, answers, possible) };
  const [first, ...others] = neededFacts(table, digits);
  if (first === undefined) throw new Error("A situation is open, but no fact can settle it.");
  const next = nextFact(table, digits, [first, ...others]);
  return { settled: false, needs: [next, ...[first, ...others].filter((name) => name !== next)] };
}

/**
 * The facts in a rule's conditions that nobody has answered: its words may not be true of everybody who gave these
 * answers.
 */
export const unsaidBy = (table: DecisionTable, rule: Rule, answers: Answers): string[] =>
  table.facts.map(({ name }) => name).filter((name) => rule.when[name] && answers[name] === undefined);

/**
 * Of rules with the same outcome, the one with fewest unsaid facts; of those, the one that uses most of what was said.
 */
function leastSupposing(table: DecisionTable, answers: Answers, possible: ReadonlySet<number>): Rule {
  const [best] = [...possible]
    .flatMap((at) => {
      const rule = table.rules[at];
      if (!rule) return [];
      if (possible.size === 1) return [{ rule, at, unsaid: 0, said: 0 }];
      const unsaid = unsaidBy(table, rule, answers).length;
      return [{ rule, at, unsaid, said: table.facts.filter(({ name }) => rule.when[name]).length - unsaid }];
    })
    .sort((a, b) => a.unsaid - b.unsaid || b.said - a.said || a.at - b.at);
  if (!best) throw new Error("A situation is settled, but no rule decides it.");
  return best.rule;
}

/** A situation in one line, for messages: `audience colleague, content sensitive`. */
export const describe = (situation: Answers): string =>
  Object.entries(situation)
    .map(([fact, answer]) => `${fact} ${answer}`)
    .join(", ");
