import { momentInWords } from "#domain/base/calendar/calendar.ts";
import { EXCEPTION_STATES, type ExceptionState, type ExceptionStepName } from "#domain/policy/exception/state.ts";
import type { ExceptionRecord, ExceptionView, StepRecord } from "#server/policy/exception/queries.ts";

/** What each step in a request's history is called, and what was done; `edit`, `discard` and `extend` leave none. */
export const EXCEPTION_STEP_WORDS = {
  edit: ["Changed", "changed it"],
  discard: ["Discarded", "discarded it"],
  submit: ["Sent for a decision", "sent it again"],
  "request-changes": ["Changes asked for", "asked for changes"],
  approve: ["Approved", "approved it"],
  decline: ["Declined", "declined it"],
  "pass-on": ["Passed on", "passed it on"],
  withdraw: ["Withdrawn", "withdrew it"],
  revoke: ["Revoked", "revoked it"],
  "complete-mitigation": ["Mitigation done", "marked a mitigation as done"],
  "meet-condition": ["Condition met", "marked a condition as met"],
  "give-more-time": ["More time given for a condition", "gave more time for a condition"],
  extend: ["Extended", "asked for it to be extended"],
  "end-with-leaver": ["Ended, because the person who held it left", "left, and it ended,"],
  "hand-over": ["The person who held it left", "left, and somebody else looks after it,"],
  "take-over": ["Taken over", "took it over"],
} as const satisfies Record<ExceptionStepName, [title: string, done: string]>;

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
export function extensionsInWords(props: Pick<ExceptionView, "exception" | "rules">): string {
  const {
    exception: { extension, extended },
    rules: { extend },
  } = props;
  if (extended) return `It was extended as ${extended.reference}. If you need more time after that, extend that one.`;
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
  const sentence = `${roleInWords(last, exception)} ${EXCEPTION_STEP_WORDS[last.command][1]} on ${momentInWords(last.at)}.`;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** The pages below a request that give a command: one form each. */
export type CommandPage =
  "approve" | "decline" | "request-changes" | "pass-on" | "withdraw" | "revoke" | "give-more-time" | "extend";

/** Address of a request, or of one of its forms; the reference may be anything that somebody typed. */
export const exceptionPath = (reference: string, page?: CommandPage): string =>
  `/exceptions/${encodeURIComponent(reference)}${page ? `/${page}` : ""}`;

const SENT = EXCEPTION_STATES.filter((state) => state !== "draft");

/** What the page of a request confirms after a command: /exceptions/EX-…?done=approved, and in which states. */
export const CONFIRMATIONS = {
  approved: {
    states: ["approved"],
    title: "You have approved it",
    next: "The person who asked sees your reason and the conditions.",
  },
  "approved-in-part": {
    states: ["submitted"],
    title: "You have approved it",
    next: "The policy requires somebody else to approve it as well. Until then it covers nothing.",
  },
  declined: { states: ["declined"], title: "You have declined it", next: "The person who asked sees your reason." },
  "changes-requested": {
    states: ["changes-requested"],
    title: "You have asked for changes",
    next: "The person who asked has a task to change it. It comes back to you once it is sent again.",
  },
  "passed-on": {
    states: ["submitted"],
    title: "You have passed it on",
    next: "They decide on it now. If they leave or may no longer decide, it comes back to you.",
  },
  withdrawn: { states: ["withdrawn"], title: "You have withdrawn it", next: "It covers nothing from now on." },
  revoked: { states: ["revoked"], title: "You have revoked it", next: "It covers nobody from now on." },
  condition: { states: ["approved"], title: "The condition is marked as met", next: "It is no longer in your tasks." },
  "more-time": {
    states: ["approved"],
    title: "You have given more time",
    next: "Whoever holds the exception is told. If the condition is not met by then, you are asked again.",
  },
  mitigation: {
    states: ["approved"],
    title: "The mitigation is marked as done",
    next: "It is no longer in your tasks.",
  },
  noted: { states: SENT, title: "Your note is kept", next: "Only people who decide, and auditors, can read it." },
  "taken-over": {
    states: ["approved"],
    title: "You have taken it over",
    next: "You now look after it: do what was promised, and end it when it is no longer needed.",
  },
} as const satisfies Record<string, { states: readonly ExceptionState[]; title: string; next: string }>;
export type ConfirmedCommand = keyof typeof CONFIRMATIONS;
