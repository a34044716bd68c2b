/** What must hold of grouped outcomes, checked situation by situation. */
import { situationAt, type DecisionTable } from "#domain/policy/decision/decision-table.ts";
import type { OutcomeFilter, Outcomes } from "#domain/policy/decision/outcomes.ts";
import { VERDICTS } from "#domain/policy/decision/verdict.ts";
import { plainRule } from "./generated-table.ts";

/** @throws Error that names the first situation or sum that does not reconcile */
export function expectReconciled(table: DecisionTable, filter: OutcomeFilter, outcomes: Outcomes | null): void {
  if (!outcomes) throw new Error("There are no outcomes.");
  const { rows, verdicts } = outcomes;
  const counts = new Map(rows.map((row) => [row, 0]));
  let within = 0;
  for (let at = 0; at < table.situations; at++) {
    const situation = situationAt(table, at);
    const rule = plainRule(table, situation);
    const isWanted =
      Object.entries(filter.answers).every(([name, answer]) => situation[name] === answer) &&
      (filter.verdict === null || filter.verdict === rule?.verdict);
    const own = rows.filter(({ when }) =>
      Object.entries(when).every(([name, answers]) => answers.includes(situation[name] ?? "")),
    );
    if (isWanted) within++;
    if (own.length !== (isWanted ? 1 : 0)) throw new Error(`${own.length} rows for ${JSON.stringify(situation)}.`);
    for (const row of own) {
      if (row.rule !== rule) throw new Error(`${row.rule.id} instead of ${rule?.id} for ${JSON.stringify(situation)}.`);
      counts.set(row, (counts.get(row) ?? 0) + 1);
    }
  }
  for (const [row, count] of counts)
    if (row.situations !== count) throw new Error(`A row of ${row.rule.id} says ${row.situations}, but has ${count}.`);
  const sums = [
    rows.reduce((sum, { situations }) => sum + situations, 0),
    verdicts.reduce((sum, { situations }) => sum + situations, 0),
    outcomes.situations,
  ];
  if (sums.some((sum) => sum !== within)) throw new Error(`The sums ${sums.join(", ")} are not ${within}.`);
  if (verdicts.reduce((sum, one) => sum + one.rows, 0) !== rows.length)
    throw new Error("Rows are missing from verdicts.");
  const order = rows.map(({ rule }) => VERDICTS.indexOf(rule.verdict));
  if (order.some((one, at) => at > 0 && one < (order[at - 1] ?? 0))) throw new Error("The rows are out of order.");
}
