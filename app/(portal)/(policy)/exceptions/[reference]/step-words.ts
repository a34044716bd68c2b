import { momentInWords } from "#domain/base/calendar/calendar.ts";
import type { ExceptionStepName } from "#domain/policy/exception/state.ts";
import type { ExceptionRecord, ExceptionView, StepRecord } from "#server/policy/exception/queries.ts";

/** What each step in a request's history is called; `edit`, `discard` and `extend` leave none. */
export const EXCEPTION_STEP_TITLES = {
  edit: "Changed",
  discard: "Discarded",
  submit: "Sent for a decision",
  "request-changes": "Changes asked for",
  approve: "Approved",
  decline: "Declined",
  "pass-on": "Passed on",
  withdraw: "Withdrawn",
  revoke: "Revoked",
  "complete-mitigation": "Mitigation done",
  "meet-condition": "Condition met",
  "give-more-time": "More time given for a condition",
  extend: "Extended",
  "end-with-leaver": "Ended, because the person who held it left",
  "hand-over": "The person who held it left",
  "take-over": "Taken over",
} as const satisfies Record<ExceptionStepName, string>;

const DONE_WORDS = {
  edit: "changed it",
  discard: "discarded it",
  submit: "sent it again",
  "request-changes": "asked for changes",
  approve: "approved it",
  decline: "declined it",
  "pass-on": "passed it on",
  withdraw: "withdrew it",
  revoke: "revoked it",
  "complete-mitigation": "marked a mitigation as done",
  "meet-condition": "marked a condition as met",
  "give-more-time": "gave more time for a condition",
  extend: "asked for it to be extended",
  "end-with-leaver": "left, and it ended,",
  "hand-over": "left, and somebody else looks after it,",
  "take-over": "took it over",
} as const satisfies Record<ExceptionStepName, string>;

/** The capacity in which somebody took a step: "a governance officer", "… for the line manager". A role, not a name. */
export function roleInWords(step: StepRecord, exception: ExceptionRecord): string {
  const own = partyInWords(step.by, step, exception);
  return step.for ? `${own}, for ${partyInWords(step.for, step, exception)}` : own;
}

function partyInWords({ personId, roles }: StepRecord["by"], { at }: StepRecord, exception: ExceptionRecord): string {
  const { requesterId, askedById, requester, steps } = exception;
  const takenOver = steps.findLast(({ command }) => command === "take-over")?.at;
  if (personId === (askedById ?? requesterId)) return "the person who asked";
  if (personId === requesterId && takenOver && at >= takenOver) return "the person who holds it";
  if (personId === requester.managerId) return "the line manager";
  if (roles.includes("governance-officer")) return "a governance officer";
  if (roles.includes("senior-information-risk-owner")) return "the senior information risk owner";
  return roles.includes("policy-owner") ? "the policy owner" : "a line manager";
}

/** How often an exception was extended, and how often it can be. */
export function extensionsInWords({
  exception: { extension },
  rules: { extend },
}: Pick<ExceptionView, "exception" | "rules">): string {
  const times = (count: number) => (count === 1 ? "once" : count === 2 ? "twice" : `${count} times`);
  if (extend.most === 0) return "An exception from this policy cannot be extended. Ask again if you still need it.";
  if (extension >= extend.most)
    return `It was extended ${times(extension)}, which is the most. Ask again, or ask the policy owner whether the policy should change.`;
  return `It ${extension === 0 ? "was not extended yet" : `was extended ${times(extension)}`}, and can be ${times(extend.most)}.`;
}

/** The newest step in one sentence: "A governance officer approved it on 3 March 2027 at 9:14am." Null before the first. */
export function lastStepInWords(exception: ExceptionRecord): string | null {
  const last = exception.steps.at(-1);
  if (!last) return null;
  const sentence = `${roleInWords(last, exception)} ${DONE_WORDS[last.command]} on ${momentInWords(last.at)}.`;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** The pages below a request that give a command: one form each. */
export type CommandPage =
  "approve" | "decline" | "request-changes" | "pass-on" | "withdraw" | "revoke" | "give-more-time" | "extend";

/** Address of a request, or of one of its forms; the reference may be anything that somebody typed. */
export function exceptionPath(reference: string, page?: CommandPage): string {
  return `/exceptions/${encodeURIComponent(reference)}${page ? `/${page}` : ""}`;
}
