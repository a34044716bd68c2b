import { Moment } from "./portal-page.tsx";
import { calendarDay, timeOfDay } from "#domain/base/calendar/calendar.ts";
import { paperDayInWords } from "#domain/policy/acknowledgement/paper-answer.ts";

/** When an answer to a policy was given; one from paper has a day alone, and says that it was on paper. */
export type AnswerMoment = { givenAt: Date; isOnPaper: boolean };

/** The same of an answer as it is stored. */
export const answerMoment = ({ givenAt, recordedAt }: { givenAt: Date; recordedAt: Date | null }): AnswerMoment => ({
  givenAt,
  isOnPaper: recordedAt !== null,
});

/** When an answer was given, in words. */
export const GivenOn = ({ givenAt, isOnPaper }: AnswerMoment) =>
  isOnPaper ? paperDayInWords(givenAt) : <Moment at={givenAt} />;

type Answered = { givenAt: Date | null; isOnPaper: boolean };

/** The columns of a file that say when an answer was given, and how; empty where nobody has answered. */
export const ANSWERED_COLUMNS = {
  "Answered on": ({ givenAt, isOnPaper }: Answered) =>
    givenAt && calendarDay(givenAt) + (isOnPaper ? "" : ` ${timeOfDay(givenAt)}`),
  "On paper": ({ givenAt, isOnPaper }: Answered) => givenAt && (isOnPaper ? "Yes" : "No"),
};
