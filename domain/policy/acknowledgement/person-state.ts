/** Where somebody is with a policy that they owe an answer to: the states that reports and reminders use (S3.6). */
import { addWorkingDays } from "#domain/base/calendar/calendar.ts";

/** In the order in which somebody who follows up looks at them. */
export const FOLLOW_UP_STATES = [
  "overdue",
  "due-soon",
  "outdated",
  "pending",
  "declined",
  "acknowledged",
  "not-asked",
] as const;
export type FollowUpState = (typeof FOLLOW_UP_STATES)[number];

export const FOLLOW_UP_WORDS = {
  overdue: "Overdue",
  "due-soon": "Due soon",
  outdated: "Accepted an earlier version",
  pending: "Not answered yet",
  declined: "Declined, waits for a reply",
  acknowledged: "Accepted",
  "not-asked": "Has not begun yet",
} as const satisfies Record<FollowUpState, string>;

/** Those who can be reminded: it is up to them to answer. */
export const REMINDED_STATES: readonly FollowUpState[] = ["overdue", "due-soon", "outdated", "pending"];

/** Working days before the last day from which an answer is due soon. Our own figure. */
const SOON_WORKING_DAYS = 5;

/** The last day of which an answer counts as due soon. @param today YYYY-MM-DD @param holidays days off, YYYY-MM-DD */
export function dueSoonUntil(today: string, holidays: ReadonlySet<string>): string {
  return addWorkingDays(today, SOON_WORKING_DAYS, holidays);
}

/** What decides it, as the records say at this moment. Days are YYYY-MM-DD. */
export interface FollowUpFacts {
  hasBegun: boolean;
  answer: "accepted" | "declined" | "outstanding";
  /** Whether they accepted a version whose acceptance counts no more. */
  hasAcceptedEarlier: boolean;
  due: string;
}

/** The state of somebody who works for the body, or will. */
export function followUpStateOf(
  { hasBegun, answer, hasAcceptedEarlier, due }: FollowUpFacts,
  { today, soonUntil }: { today: string; soonUntil: string },
): FollowUpState {
  if (answer === "accepted") return "acknowledged";
  if (!hasBegun) return "not-asked";
  if (answer === "declined") return "declined";
  if (due < today) return "overdue";
  if (due <= soonUntil) return "due-soon";
  return hasAcceptedEarlier ? "outdated" : "pending";
}
