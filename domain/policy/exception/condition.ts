/** What an approval asks of whoever uses the exception: all the time, or once by a day. */
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { textProblems, type FieldProblem } from "#domain/base/form/field-problem.ts";
import { lengthOf } from "#domain/base/form/form-values.ts";
import { dueProblems, LONGEST_REQUEST_LINE } from "./request.ts";

export interface ApprovalCondition {
  text: string;
  /** The day by which it has to be met, YYYY-MM-DD; null where it holds all the time. */
  dueOn: string | null;
}

const MOST_CONDITIONS = 10;
/** How many of them can have a day. */
export const MOST_DATED_CONDITIONS = 3;

/**
 * What is wrong with the conditions of an approval: those that hold all the time (`conditions`), and those to be met by
 * a day (`condition-1-text`, `condition-1-due`), which lies while the exception lasts.
 * @param until the last day that is given, YYYY-MM-DD; null if that is not known
 */
export function conditionProblems(
  conditions: readonly ApprovalCondition[],
  { today, until }: { today: string; until: string | null },
): FieldProblem[] {
  const lasting = conditions.filter(({ dueOn }) => dueOn === null);
  const tooLongOne = lasting.findIndex(({ text }) => lengthOf(text) > LONGEST_REQUEST_LINE);
  const shorten = `Shorten condition ${tooLongOne + 1} to ${LONGEST_REQUEST_LINE} characters.`;
  return [
    ...(lasting.length > MOST_CONDITIONS
      ? [{ field: "conditions", message: `Give ${MOST_CONDITIONS} conditions at most, one on each line.` }]
      : []),
    ...(tooLongOne < 0 ? [] : [{ field: "conditions", message: shorten }]),
    ...conditions
      .filter(({ dueOn }) => dueOn !== null)
      .flatMap(({ text, dueOn }, at) => [
        ...textProblems(`condition-${at + 1}-text`, text, "Say what has to be done by then.", LONGEST_REQUEST_LINE),
        ...(dueOn === null ? [] : dueProblems(`condition-${at + 1}-due`, dueOn, today, until)),
      ]),
  ];
}

/** "By 3 March 2027: Tell the team." */
export function conditionInWords({ text, dueOn }: ApprovalCondition): string {
  return dueOn === null ? text : `By ${dateInWords(dueOn)}: ${text}`;
}

/**
 * Whether a condition was not met in time.
 * @param today calendar day in London, YYYY-MM-DD
 */
export function isMissed({ dueOn, doneAt }: { dueOn: string | null; doneAt: Date | null }, today: string): boolean {
  return dueOn !== null && doneAt === null && dueOn < today;
}
