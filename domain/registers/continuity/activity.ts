/** A business continuity activity: who declares and ends it, what its forms take, when it is looked at again. */
import { addDays } from "#domain/base/calendar/calendar.ts";
import { textProblems, type FieldProblem } from "#domain/base/form/field-problem.ts";

/** Days after which a business continuity activity is looked at again, every time they have passed. */
export const REVIEW_CONTINUITY_EVERY_DAYS = 7;

/** Longest title, in characters: it stands in one line on every page. */
export const LONGEST_TITLE = 80;
/** Longest reason, in characters. */
export const LONGEST_ACTIVITY_REASON = 2000;

/** What has to be put right before one is declared. */
export function declareProblems({ title, reason }: { title: string; reason: string }): FieldProblem[] {
  return [
    ...textProblems("title", title, "Say in a few words what it is.", LONGEST_TITLE),
    ...textProblems("reason", reason, "Say why it is declared.", LONGEST_ACTIVITY_REASON),
  ];
}

/** What has to be put right before one is ended. */
export function endProblems(reason: string): FieldProblem[] {
  return textProblems("endReason", reason, "Say why it ends.", LONGEST_ACTIVITY_REASON);
}

/**
 * The day by which somebody looks whether it still goes on; null as long as it is young.
 * @param startedOn and @param today calendar days, YYYY-MM-DD
 */
export function reviewDay(startedOn: string, today: string): string | null {
  let due = addDays(startedOn, REVIEW_CONTINUITY_EVERY_DAYS);
  if (today < due) return null;
  while (due < today) due = addDays(due, REVIEW_CONTINUITY_EVERY_DAYS);
  return due;
}
