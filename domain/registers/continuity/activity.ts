/** A business continuity activity: limits and checks of its forms, and when it has to be reviewed. */
import { addDays } from "#domain/base/calendar/calendar.ts";
import { textProblems, type FieldProblem } from "#domain/base/form/form-values.ts";

/** An activity has to be reviewed after this many days, repeatedly. */
export const REVIEW_CONTINUITY_EVERY_DAYS = 7;

/** Longest title, in characters: it is shown in one line on every page. */
export const LONGEST_TITLE = 80;
/** Longest reason, in characters. */
export const LONGEST_ACTIVITY_REASON = 2000;

/** What has to be corrected before one is declared. */
export const declareProblems = ({ title, reason }: { title: string; reason: string }): FieldProblem[] => [
  ...textProblems("title", title, "Say in a few words what it is.", LONGEST_TITLE),
  ...textProblems("reason", reason, "Say why it is declared.", LONGEST_ACTIVITY_REASON),
];

/** What has to be corrected before one is corrected. */
export function activityCorrectionProblems(sent: { title: string; reason: string; why: string }): FieldProblem[] {
  const missing = "Say why you are correcting it.";
  return [...declareProblems(sent), ...textProblems("why", sent.why, missing, LONGEST_ACTIVITY_REASON)];
}

/** What has to be corrected before one is ended. */
export const endProblems = (reason: string): FieldProblem[] =>
  textProblems("endReason", reason, "Say why it ends.", LONGEST_ACTIVITY_REASON);

/**
 * The day by which somebody has to check whether it still goes on; null in its first days.
 * @param startedOn and @param today calendar days, YYYY-MM-DD
 */
export function reviewDay(startedOn: string, today: string): string | null {
  let due = addDays(startedOn, REVIEW_CONTINUITY_EVERY_DAYS);
  if (today < due) return null;
  while (due < today) due = addDays(due, REVIEW_CONTINUITY_EVERY_DAYS);
  return due;
}
