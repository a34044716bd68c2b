import { Moment } from "#app/_portal/moment.tsx";
import { calendarDay, timeOfDay } from "#domain/base/calendar/calendar.ts";
import { paperDayInWords } from "#domain/policy/acknowledgement/paper-answer.ts";

/** When an answer to a policy was given; one from paper has a day alone, and says that it was on paper. */
export interface AnswerMoment {
  givenAt: Date;
  isOnPaper: boolean;
}

/** The same of an answer as it is stored. */
export function answerMoment({ givenAt, recordedAt }: { givenAt: Date; recordedAt: Date | null }): AnswerMoment {
  return { givenAt, isOnPaper: recordedAt !== null };
}

/** When an answer was given, in words. */
export function GivenOn({ givenAt, isOnPaper }: AnswerMoment) {
  return isOnPaper ? paperDayInWords(givenAt) : <Moment at={givenAt} />;
}

/** The columns of a table (CSV) that say when an answer was given, and how. */
export const ANSWERED_COLUMNS = [
  { key: "answered", header: "Answered on" },
  { key: "paper", header: "On paper" },
] as const;

/** The cells for these columns; empty where nobody has answered. */
export function answeredCells({ givenAt, isOnPaper }: { givenAt: Date | null; isOnPaper: boolean }) {
  if (!givenAt) return { answered: "", paper: "" };
  const day = calendarDay(givenAt);
  return isOnPaper ? { answered: day, paper: "Yes" } : { answered: `${day} ${timeOfDay(givenAt)}`, paper: "No" };
}
