/** The one answer that is offered only while a business continuity activity is declared. */
import { buildTable, type DecisionTable } from "#domain/policy/decision/decision-table.ts";
import type { KnownAnswer } from "#domain/policy/policy/known-answer.ts";

/** Whether the table has this answer. */
export const hasAnswer = ({ facts }: Pick<DecisionTable, "facts">, { fact, answer }: KnownAnswer): boolean =>
  facts.some(({ name, answers }) => name === fact && answers.includes(answer));

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

function workOut({ facts, rules, obligations, isOrderFixed }: DecisionTable, known: KnownAnswer): DecisionTable {
  const remaining = facts.map(({ name, fact }): [string, typeof fact] => {
    if (name !== known.fact) return [name, fact];
    const words = Object.entries(fact.answers).filter(([answer]) => answer !== known.answer);
    return [name, { ...fact, answers: Object.fromEntries(words) }];
  });
  return buildTable(remaining, rules, [...obligations.values()], isOrderFixed);
}
