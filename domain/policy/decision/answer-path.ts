/** Somebody's path to a verdict: for each question the answer given, and where the other answers would have led. */
import { decide } from "./decide.ts";
import type { DecisionTable } from "./decision-table.ts";
import type { Answers } from "./fault.ts";
import type { Verdict } from "./verdict.ts";

export interface AnswerPathStep {
  fact: string;
  answer: string;
  /** The other answers, grouped by where they would have led: straight to a verdict, or null for more questions. */
  others: { verdict: Verdict | null; answers: string[] }[];
}

/**
 * @param path the facts in the order in which they were asked, from `askedPath`
 * @throws UndecidedError if the table has a gap; RangeError for an answer that its fact does not have
 */
export function answerPath(table: DecisionTable, answers: Answers, path: readonly string[]): AnswerPathStep[] {
  const known: Record<string, string> = {};
  return path.flatMap((fact): AnswerPathStep[] => {
    const answer = answers[fact];
    if (answer === undefined) return [];
    const others: AnswerPathStep["others"] = [];
    for (const other of table.facts.find(({ name }) => name === fact)?.answers ?? []) {
      if (other === answer) continue;
      const decision = decide(table, { ...known, [fact]: other });
      const verdict = decision.settled ? decision.rule.verdict : null;
      const same = others.find((one) => one.verdict === verdict);
      if (same) same.answers.push(other);
      else others.push({ verdict, answers: [other] });
    }
    known[fact] = answer;
    return [{ fact, answer, others }];
  });
}
