import type { SummaryRow } from "#app/_ui/summary-list.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import type { IncidentAnswer } from "#server/registers/incident/queries.ts";

/** What was answered, as rows of a summary. */
export function answerRows(answers: readonly IncidentAnswer[]): SummaryRow[] {
  return answers.map(({ short, words, isText }) => ({
    term: short,
    value: isText ? <UserText>{words}</UserText> : words,
  }));
}
