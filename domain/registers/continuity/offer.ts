/** The one answer that is offered only while a business continuity activity is declared. */
import { buildTable, type DecisionTable } from "#domain/policy/decision/decision-table.ts";
import type { KnownAnswer } from "#domain/policy/policy/known-answer.ts";

/** Whether the table has this answer at all. */
export function hasAnswer({ facts }: Pick<DecisionTable, "facts">, { fact, answer }: KnownAnswer): boolean {
  return facts.some(({ name, answers }) => name === fact && answers.includes(answer));
}

/**
 * The table without one answer of one fact: nobody is offered it, and every other situation is what it was. Worked out
 * once for each table and answer. A table that does not have the answer comes back as it is.
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
