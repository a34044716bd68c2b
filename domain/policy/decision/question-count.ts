/** How many questions the wizard asks on average, with all situations weighted equally, and the fewest possible. */
import { type DecisionTable } from "./decision-table.ts";
import { decide } from "./decide.ts";
import type { Answers } from "./rule-file.ts";
import { oncePer } from "./once-per.ts";
import { fewestQuestions } from "./question-order.ts";

/** With more situations than this, walking all paths would keep a reader waiting. */
const MOST_WALKED = 200_000;

/**
 * Counts by walking the wizard. Counted once for each table.
 * @returns null if the table is too large to be walked quickly
 * @throws UndecidedError if the table has a gap
 */
export const questionCount = oncePer((table: DecisionTable) => {
  const fewest = table.situations > MOST_WALKED ? null : fewestQuestions(table);
  // Questions asked, on average over all situations; and the same for the best possible order, never more than that.
  return fewest === null ? null : { average: questionsFrom(table, {}), fewest };
});

/** Questions still to be asked, on average over all situations with these answers. */
function questionsFrom(table: DecisionTable, answers: Answers): number {
  const decision = decide(table, answers);
  if (decision.settled) return 0;
  const [next] = decision.needs;
  const possible = table.facts.find(({ name }) => name === next)?.answers ?? [];
  const after = possible.map((answer) => questionsFrom(table, { ...answers, [next]: answer }));
  return 1 + after.reduce((sum, questions) => sum + questions, 0) / possible.length;
}
