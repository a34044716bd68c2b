import { momentInWords } from "#domain/base/calendar/calendar.ts";
import type { ExceptionCommand } from "#domain/policy/exception/state.ts";
import type { ExceptionRecord, ExceptionView, StepRecord } from "#server/policy/exception/queries.ts";

/** What each step in a request's history is called; `edit`, `discard` and `extend` leave none. */
export const EXCEPTION_STEP_TITLES = {
  edit: "Changed",
  discard: "Discarded",
  submit: "Sent for a decision",
  "request-changes": "Changes asked for",
  approve: "Approved",
  decline: "Declined",
  withdraw: "Withdrawn",
  revoke: "Revoked",
  "complete-mitigation": "Mitigation done",
  "meet-condition": "Condition met",
  "give-more-time": "More time given for a condition",
  extend: "Extended",
} as const satisfies Record<ExceptionCommand, string>;

const DONE_WORDS = {
  edit: "changed it",
  discard: "discarded it",
  submit: "sent it again",
  "request-changes": "asked for changes",
  approve: "approved it",
  decline: "declined it",
  withdraw: "withdrew it",
  revoke: "revoked it",
  "complete-mitigation": "marked a mitigation as done",
  "meet-condition": "marked a condition as met",
  "give-more-time": "gave more time for a condition",
  extend: "asked for it to be extended",
} as const satisfies Record<ExceptionCommand, string>;

/** The capacity in which somebody took a step: "a governance officer". A role, not a name. */
export function roleInWords({ by }: Pick<StepRecord, "by">, exception: ExceptionRecord): string {
  if (by.personId === exception.requesterId) return "the person who asked";
  if (by.personId === exception.requester.managerId) return "the line manager";
  if (by.roles.includes("governance-officer")) return "a governance officer";
  if (by.roles.includes("senior-information-risk-owner")) return "the senior information risk owner";
  return by.roles.includes("policy-owner") ? "the policy owner" : "a line manager";
}

/** How often an exception was extended, and how often it can be. */
export function extensionsInWords({
  exception: { extension },
  rules: { extend },
}: Pick<ExceptionView, "exception" | "rules">): string {
  const times = (count: number) => (count === 1 ? "once" : count === 2 ? "twice" : `${count} times`);
  if (extend.most === 0) return "An exception from this policy cannot be extended. Ask anew if you still need it.";
  if (extension >= extend.most)
    return `It was extended ${times(extension)}, which is the most. Ask anew, or ask the policy owner whether the policy should change.`;
  return `It ${extension === 0 ? "was not extended yet" : `was extended ${times(extension)}`}, and can be ${times(extend.most)}.`;
}

/** The newest step in one sentence: "A governance officer approved it on 3 March 2027 at 9:14am." Null before the first. */
export function lastStepInWords(exception: ExceptionRecord): string | null {
  const last = exception.steps.at(-1);
  if (!last) return null;
  const sentence = `${roleInWords(last, exception)} ${DONE_WORDS[last.command]} on ${momentInWords(last.at)}.`;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
