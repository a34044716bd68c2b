/** How many questions the wizard asks on average, every situation counting the same, and how few it could be. */
import { type DecisionTable } from "./decision-table.ts";
import { decide } from "./decide.ts";
import type { Answers } from "./fault.ts";
import { fewestQuestions } from "./question-order.ts";

/** Beyond this the walk over all paths would keep a reader waiting. */
const MOST_WALKED = 200_000;

export interface QuestionCount {
  /** Questions asked, on average over all situations. */
  average: number;
  /** The same for the best order there is; never more than `average`. */
  fewest: number;
}

const known = new WeakMap<DecisionTable, QuestionCount | null>();

/**
 * Counts by walking the wizard. Worked out once for each table.
 * @returns null for a table too large to be walked in a moment
 * @throws UndecidedError where the table has a gap
 */
export function questionCount(table: DecisionTable): QuestionCount | null {
  const counted = known.get(table);
  if (counted !== undefined) return counted;
  const fewest = table.situations > MOST_WALKED ? null : fewestQuestions(table);
  const count = fewest === null ? null : { average: questionsFrom(table, {}), fewest };
  known.set(table, count);
  return count;
}

/** Questions still to be asked, on average over all situations with these answers. */
function questionsFrom(table: DecisionTable, answers: Answers): number {
  const decision = decide(table, answers);
  if (decision.settled) return 0;
  const [next] = decision.needs;
  const possible = table.facts.find(({ name }) => name === next)?.answers ?? [];
  const after = possible.map((answer) => questionsFrom(table, { ...answers, [next]: answer }));
  return 1 + after.reduce((sum, questions) => sum + questions, 0) / possible.length;
}
