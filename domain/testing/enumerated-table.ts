/** Tables one situation after the other, as they were worked out before there were diagrams: what these are compared with. */
import { Diagrams, NONE } from "#domain/policy/decision/decision-diagram.ts";
import { digitsOf, situationAt, type DecisionTable } from "#domain/policy/decision/decision-table.ts";
import type { Answers, Rule } from "#domain/policy/decision/rule-file.ts";

/** For each situation the index of the rule that decides it, or -1: each time rule by rule. */
export function enumerate({ facts, rules, situations }: DecisionTable): Int32Array {
  const matches = rules.map(({ when }) =>
    facts.map(({ name, answers }) => answers.map((answer) => when[name]?.includes(answer) ?? true)),
  );
  return Int32Array.from({ length: situations }, (_, at) =>
    matches.findIndex((row) =>
      facts.every(({ stride, answers }, axis) => row[axis]?.[Math.floor(at / stride) % answers.length]),
    ),
  );
}

/** The same as the table itself has it. */
export function winnersOf(table: DecisionTable): Int32Array {
  return Int32Array.from({ length: table.situations }, (_, at) => winnerIn(table, situationAt(table, at)));
}

/** The rule that the table itself has for situation number `at`. */
export function ruleAt(table: DecisionTable, at: number): Rule | undefined {
  return table.rules[winnerIn(table, situationAt(table, at))];
}

/** The number of the outcome that the table itself has for situation number `at`; -1 without a rule. */
export function outcomeAt(table: DecisionTable, at: number): number {
  return table.outcomeOf[winnerIn(table, situationAt(table, at))] ?? NONE;
}

function winnerIn(table: DecisionTable, situation: Answers): number {
  return table.diagrams.valueAt(table.winner, digitsOf(table, situation));
}

/** The numbers of all situations in which these answers hold. */
export function situationsWith({ facts }: DecisionTable, answers: Answers): number[] {
  return facts.reduce<number[]>(
    (found, { name, answers: all, stride }) =>
      found.flatMap((at) =>
        all.flatMap((answer, digit) => ((answers[name] ?? answer) === answer ? [at + digit * stride] : [])),
      ),
    [0],
  );
}

/** The same facts with a rule for each situation by its number, which no list of rules could say as shortly. */
export function withWinners(
  table: DecisionTable,
  rules: readonly Rule[],
  winnerAt: (at: number) => number,
): DecisionTable {
  const { facts } = table;
  const diagrams = new Diagrams(facts.map(({ answers }) => answers.length));
  const places = facts.map((_, axis) =>
    diagrams.firstOf(
      (facts[axis]?.answers ?? []).map((_, answer) =>
        facts.map((_, other) => (other === axis ? (facts[axis]?.answers ?? []).map((_, at) => at === answer) : null)),
      ),
    ),
  );
  const winner = diagrams.combine(places, (digits) =>
    winnerAt(facts.reduce((at, { stride }, axis) => at + stride * (digits[axis] ?? 0), 0)),
  );
  return { ...table, rules, diagrams, winner, outcomeOf: rules.map((_, at) => at) };
}
