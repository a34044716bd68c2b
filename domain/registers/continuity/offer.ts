/** The one answer that is offered only while a business continuity activity is declared. */
import { situationAt, situationsWith, type DecisionTable } from "#domain/policy/decision/decision-table.ts";
import type { KnownAnswer } from "#domain/policy/policy/known-answer.ts";

/** Whether the table has this answer. */
export function hasAnswer({ facts }: Pick<DecisionTable, "facts">, { fact, answer }: KnownAnswer): boolean {
  return facts.some(({ name, answers }) => name === fact && answers.includes(answer));
}

/**
 * The table without one answer of a fact: it is not offered, and every other situation stays as it was. Computed once
 * for each table and answer. A table without the answer is returned unchanged.
 */
export function withoutAnswer(table: DecisionTable, known: KnownAnswer): DecisionTable {
  if (!hasAnswer(table, known)) return table;
  const key = `${known.fact} ${known.answer}`;
  const forTable = workedOut.get(table) ?? new Map<string, DecisionTable>();
  workedOut.set(table, forTable);
  const without = forTable.get(key) ?? workOut(table, known);
  forTable.set(key, without);
  return without;
}

const workedOut = new WeakMap<DecisionTable, Map<string, DecisionTable>>();

function workOut(table: DecisionTable, known: KnownAnswer): DecisionTable {
  const remaining = table.facts.map((one) => {
    if (one.name !== known.fact) return one;
    const answers = one.answers.filter((answer) => answer !== known.answer);
    const words = Object.entries(one.fact.answers).filter(([answer]) => answer !== known.answer);
    return { ...one, answers, fact: { ...one.fact, answers: Object.fromEntries(words) } };
  });
  const situations = remaining.reduce((product, { answers }) => product * answers.length, 1);
  let stride = situations;
  const facts = remaining.map((one) => ({ ...one, stride: (stride /= one.answers.length) }));
  const without = { ...table, facts, situations };
  const winner = new Int32Array(situations);
  const outcome = new Int32Array(situations);
  for (let situation = 0; situation < situations; situation++) {
    const [before = 0] = situationsWith(table, situationAt(without, situation));
    winner[situation] = table.winner[before] ?? -1;
    outcome[situation] = table.outcome[before] ?? -1;
  }
  return { ...without, winner, outcome };
}
