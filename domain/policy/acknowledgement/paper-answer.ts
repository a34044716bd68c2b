/** An answer that somebody gave on paper, as somebody else records it: what it needs, and when it counts. */
import { calendarDay, dateInWords, startOfDay } from "#domain/base/calendar/calendar.ts";
import { textProblems, type FieldProblem } from "#domain/base/form/form-values.ts";
import {
  answerOutcome,
  DECLINE_GROUNDS,
  type AcknowledgementAnswer,
  type AnswerOutcome,
  type GivenAnswer,
  type VersionKey,
  LONGEST_DECLINE_REASON,
} from "./acknowledgement.ts";

/** Longest place where a paper is kept, and longest reason why it was on paper or is withdrawn, in characters. */
export const LONGEST_PAPER_PLACE = 300;
export const LONGEST_PAPER_REASON = 1000;

/** What the form sent of it, unchecked. */
export interface SentPaper {
  /** "accepted", or a ground to decline. */
  answer: string;
  /** What they wrote who declined. */
  reason: string;
  /** The day on the paper, YYYY-MM-DD; "" if it is missing or wrong. */
  day: string;
  place: string;
  why: string;
}

/**
 * What has to be corrected before it can be recorded.
 * @param days the first and the last day on which they can have given it, YYYY-MM-DD
 */
export function paperProblems(sent: SentPaper, days: { from: string; today: string }): FieldProblem[] {
  const { answer, reason, place, why } = sent;
  const day = dayProblem(sent.day, days);
  return [
    ...decisionProblems(answer, reason),
    ...(day === null ? [] : [{ field: "day", message: day }]),
    ...textProblems("place", place, "Say where the signed paper is kept.", LONGEST_PAPER_PLACE),
    ...textProblems("why", why, "Say why they answered on paper.", LONGEST_PAPER_REASON),
  ];
}

function decisionProblems(answer: string, reason: string): FieldProblem[] {
  const isDecline = DECLINE_GROUNDS.some((ground) => ground === answer);
  if (answer === "accepted" && reason !== "")
    return [{ field: "reason", message: "They accepted. Remove the reason, or choose why they declined." }];
  const missing = isDecline ? "Write what they wrote, or said, about why they declined." : null;
  return [
    ...(isDecline || answer === "accepted"
      ? []
      : [{ field: "answer", message: "Choose whether they accepted it or declined it." }]),
    ...textProblems("reason", reason, missing, LONGEST_DECLINE_REASON),
  ];
}

function dayProblem(day: string, { from, today }: { from: string; today: string }): string | null {
  if (day === "") return "Give the day on which they signed the paper.";
  if (day > today) return "Give a day that is not in the future.";
  if (day >= from) return null;
  return `Give a day from ${dateInWords(from)} on. Before it, the version did not apply or they had not begun.`;
}

/**
 * The first day on which somebody can have answered a version on paper, YYYY-MM-DD: it applied or was here, and they had
 * begun.
 * @param version the day from which it applies ("" if it does not say), and that on which it came here
 * @param begun days on which they began and came back
 */
export function paperFrom(version: { startDay: string; servedDay: string }, begun: readonly (string | null)[]): string {
  const { startDay, servedDay } = version;
  const known = startDay !== "" && startDay < servedDay ? startDay : servedDay;
  return begun.reduce((from: string, day) => (day !== null && day > from ? day : from), known);
}

export type PaperOutcome =
  | Exclude<AnswerOutcome, { kind: "record" }>
  | { kind: "record"; attempt: number; givenAt: Date }
  /** They answered, or had a reply to a decline, after the day on the paper: that stands. */
  | { kind: "later"; given: GivenAnswer };

/**
 * The effect of an answer from paper. It can be on any version whose acceptance still counts, since a paper was signed
 * when it was; and it never takes the place of what happened after the day on it.
 * @param given all the person's answers on that policy
 * @param counting from `versionsThatCount`, the current version first
 * @param on the version that the paper names
 * @param day the day on it, YYYY-MM-DD
 */
export function paperOutcome(
  given: readonly GivenAnswer[],
  counting: readonly VersionKey[],
  on: VersionKey,
  { answer, day }: { answer: AcknowledgementAnswer; day: string },
): PaperOutcome {
  const named = counting.find(({ version, hash }) => version === on.version && hash === on.hash);
  const inTurn = named ? [named, ...counting.filter((one) => one !== named)] : counting;
  const outcome = answerOutcome(given, inTurn, on, answer);
  if (outcome.kind !== "record") return outcome;
  const moments = given.map((one) => ({ one, at: lastMoment(one, answer) }));
  const later = moments.find(({ at }) => calendarDay(at) > day);
  if (later) return { kind: "later", given: later.one };
  // A paper has a day and no time: it comes after whatever else there is of its day.
  const sameDay = moments.map(({ at }) => at.getTime() + 1);
  return { ...outcome, givenAt: new Date(Math.max(startOfDay(day).getTime(), ...sameDay)) };
}

/** When an answer was given; for another decline, when it was replied to: before that, nobody had asked again. */
const lastMoment = ({ givenAt, repliedAt }: GivenAnswer, answer: AcknowledgementAnswer): Date =>
  answer === "declined" && repliedAt !== null ? repliedAt : givenAt;

/** The day of an answer that was given on paper, which has no time. */
export const paperDayInWords = (givenAt: Date): string => `${dateInWords(calendarDay(givenAt))}, on paper`;

/** The day of any answer. */
export const answerDayInWords = ({ givenAt, isOnPaper }: { givenAt: Date; isOnPaper: boolean }): string =>
  isOnPaper ? paperDayInWords(givenAt) : dateInWords(calendarDay(givenAt));
