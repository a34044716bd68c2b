/** Where somebody is with a policy that they owe an answer to: the states that reports and reminders use (S3.6). */
import { acknowledgementStateOf, type GivenAnswer } from "./acknowledgement.ts";
import { askingOf, type AskedPerson, type AskingPolicy } from "./asking.ts";
import { keysOf } from "#domain/base/list/page.ts";
import { addWorkingDays } from "#domain/base/calendar/calendar.ts";

/** In the order in which somebody who follows up looks at them. */
export const FOLLOW_UP_WORDS = {
  overdue: "Overdue",
  "due-soon": "Due soon",
  outdated: "Accepted an earlier version",
  pending: "Not answered yet",
  declined: "Declined, waiting for a reply",
  acknowledged: "Accepted",
  exempt: "Exempt",
  "not-asked": "Not asked",
} as const;
export type FollowUpState = keyof typeof FOLLOW_UP_WORDS;
export const FOLLOW_UP_STATES = keysOf(FOLLOW_UP_WORDS);

/** Those who can be reminded: it is up to them to answer. */
export const REMINDED_STATES: readonly FollowUpState[] = ["overdue", "due-soon", "outdated", "pending"];

/** Working days before the last day from which an answer is due soon. Our own figure. */
const SOON_WORKING_DAYS = 5;

/** The last day of which an answer counts as due soon. @param today YYYY-MM-DD @param holidays days off, YYYY-MM-DD */
export const dueSoonUntil = (today: string, holidays: ReadonlySet<string>): string =>
  addWorkingDays(today, SOON_WORKING_DAYS, holidays);

/** What decides it, as the records say at this moment. Days are YYYY-MM-DD. */
export interface FollowUpFacts {
  hasBegun: boolean;
  answer: "accepted" | "declined" | "outstanding";
  /** Whether they accepted a version whose acceptance counts no more. */
  hasAcceptedEarlier: boolean;
  /** The last day to answer; null if nobody asks them. */
  due: string | null;
  isExempt: boolean;
}

/** The state of somebody who works for the body, or will. */
export function followUpStateOf(
  { hasBegun, answer, hasAcceptedEarlier, due, isExempt }: FollowUpFacts,
  { today, soonUntil }: { today: string; soonUntil: string },
): FollowUpState {
  if (answer === "accepted") return "acknowledged";
  if (!hasBegun || due === null) return "not-asked";
  if (isExempt) return "exempt";
  if (answer === "declined") return "declined";
  if (due < today) return "overdue";
  if (due <= soonUntil) return "due-soon";
  return hasAcceptedEarlier ? "outdated" : "pending";
}

/** Where somebody stands with a policy: what they answered, what that makes of them, and by when they owe an answer. */
export type PersonState = ReturnType<typeof stateOfPerson>;

/**
 * The state of somebody, from the records.
 * @param given all their answers on the policy
 * @param isExempt whether somebody has exempted them
 */
export function stateOfPerson(
  policy: AskingPolicy,
  person: AskedPerson & { hasBegun: boolean; isExempt: boolean },
  given: readonly GivenAnswer[],
  days: { today: string; soonUntil: string },
) {
  const { counting } = policy;
  const standing = acknowledgementStateOf(given, counting);
  const earlier = standing.kind === "outstanding" ? standing.earlier : null;
  const asking = askingOf(policy, person, earlier);
  const isCounted = ({ version, hash }: GivenAnswer) =>
    counting.some((one) => one.version === version && one.hash === hash);
  const { hasBegun, isExempt } = person;
  const hasAcceptedEarlier = given.some((one) => one.answer === "accepted" && !isCounted(one));
  const due = asking?.due ?? null;
  const state = followUpStateOf({ hasBegun, isExempt, answer: standing.kind, hasAcceptedEarlier, due }, days);
  // `due`: null for who owes no answer; `campaign`: by which they are asked, whether or not they have answered.
  return { standing, state, due: REMINDED_STATES.includes(state) ? due : null, campaign: asking?.campaign ?? null };
}
