/** Requests for what the body holds, and complaints about how it handled data (docs/glossary.md, "Information request"). */
import { type Actor, can, may } from "#domain/access/permission/permission.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import {
  dayProblems,
  type FieldProblem,
  problemIf,
  textProblems,
  type TypedDate,
} from "#domain/base/form/form-values.ts";

/** The kinds; each is also the reason of the hold that it places. `clock`: what its last day comes from. */
export const REQUEST_KINDS = {
  foi: { label: "Freedom of information request", clock: "working-days" },
  environmental: { label: "Request for environmental information", clock: "working-days" },
  "subject-access": { label: "Subject access request", clock: "month" },
  regulator: { label: "Request by a regulator", clock: "by-hand" },
  inquiry: { label: "Inquiry", clock: "by-hand" },
  complaint: { label: "Complaint about data protection", clock: "complaint" },
  litigation: { label: "Court case or claim", clock: "by-hand" },
} as const satisfies Record<string, { label: string; clock: string }>;
export type RequestKind = keyof typeof REQUEST_KINDS;

export const isRequestKind = (kind: string | null): kind is RequestKind =>
  kind !== null && Object.hasOwn(REQUEST_KINDS, kind);

export const REQUEST_STATES = {
  open: "Open",
  paused: "Paused",
  answered: "Answered",
  refused: "Refused",
  withdrawn: "Withdrawn",
} as const satisfies Record<string, string>;
export type RequestState = keyof typeof REQUEST_STATES;

/** How a request can end. */
export const OUTCOMES = ["answered", "refused", "withdrawn"] as const satisfies readonly RequestState[];
export type RequestOutcome = (typeof OUTCOMES)[number];

/** What can be done with a request in each state. */
export const REQUEST_MOVES = {
  open: ["correct", "pass-on", "set-day", "pause", "acknowledge", "hold", "search", "close"],
  paused: ["correct", "pass-on", "set-day", "resume", "hold", "search", "close"],
  answered: ["reopen"],
  refused: ["reopen"],
  withdrawn: ["reopen"],
} as const satisfies Record<RequestState, readonly string[]>;
export type RequestMove = (typeof REQUEST_MOVES)[RequestState][number];

/** Whether something can be done with a request now: by its state, and by what kind it is. */
export function isMoveOpen(
  { state, kind, acknowledgedOn }: { state: RequestState; kind: RequestKind; acknowledgedOn: string | null },
  move: RequestMove,
): boolean {
  const moves: readonly RequestMove[] = REQUEST_MOVES[state];
  if (move === "acknowledge" && (kind !== "complaint" || acknowledgedOn !== null)) return false;
  if (move === "pause" && !["working-days", "month"].includes(REQUEST_KINDS[kind].clock)) return false;
  return moves.includes(move);
}

/** All that can be done with a request now. */
export function openMoves(request: Parameters<typeof isMoveOpen>[0]): RequestMove[] {
  const moves: readonly RequestMove[] = REQUEST_MOVES[request.state];
  return moves.filter((move) => isMoveOpen(request, move));
}

/** Why a clock stops. */
export const PAUSE_REASONS = {
  clarification: "We asked what is meant, and wait for the answer",
  identity: "We asked for proof of who they are, and wait for it",
  fee: "We asked for a fee, and wait for it",
  other: "Another reason",
} as const satisfies Record<string, string>;
export type PauseReason = keyof typeof PAUSE_REASONS;

/** The steps in the history of a request, in words. */
export const REQUEST_STEPS = {
  entered: "Entered",
  corrected: "Corrected",
  "passed-on": "Passed on",
  "day-set": "Another last day set",
  paused: "Paused",
  resumed: "Clock goes on",
  acknowledged: "Receipt acknowledged",
  "hold-placed": "Hold placed",
  "search-asked": "People asked to search",
  "search-ended": "A search was taken back",
  closed: "Closed",
  reopened: "Reopened",
} as const satisfies Record<string, string>;
export type RequestStep = keyof typeof REQUEST_STEPS;

/** Longest texts, in characters. */
export const LONGEST_REQUESTER = 200;
export const LONGEST_REQUESTED_TEXT = 5000;

/** The fields of the form for a request. */
export interface RequestDraft {
  kind: string | null;
  requester: string;
  asked: string;
  receivedOn: TypedDate;
  dueOn: TypedDate;
}

/** What has to be corrected in a request. @param today YYYY-MM-DD */
export function requestProblems(draft: RequestDraft, today: string): FieldProblem[] {
  const { kind, requester, asked, receivedOn, dueOn } = draft;
  const received = receivedOn.kind === "day" ? receivedOn.day : null;
  const isByHand = isRequestKind(kind) && REQUEST_KINDS[kind].clock === "by-hand";
  return [
    ...problemIf(!isRequestKind(kind), "kind", "Choose what kind it is."),
    ...textProblems("requester", requester, "Say who asks.", LONGEST_REQUESTER),
    ...textProblems("asked", asked, "Copy what is asked.", LONGEST_REQUESTED_TEXT),
    ...pastDayProblems("receivedOn", receivedOn, null, today),
    ...dayProblems("dueOn", dueOn, isByHand ? "Enter the last day to answer." : null),
    ...(isRequestKind(kind) && !isByHand && dueOn.kind === "day"
      ? [{ field: "dueOn", message: "Leave this empty: this kind has a clock of its own." }]
      : []),
    ...(dueOn.kind === "day" && received !== null && dueOn.day < received
      ? [{ field: "dueOn", message: "The last day must not be before the day it came in." }]
      : []),
  ];
}

/** What is wrong with a day that must lie between another one and today. @param today YYYY-MM-DD */
export function pastDayProblems(field: string, typed: TypedDate, from: string | null, today: string): FieldProblem[] {
  if (typed.kind !== "day") return dayProblems(field, typed, "Enter the day.");
  if (typed.day > today) return [{ field, message: "The day must be today or earlier." }];
  return from !== null && typed.day < from
    ? [{ field, message: `The day must not be before ${dateInWords(from)}.` }]
    : [];
}

/** Whose request it is, as far as that decides who may see and handle it. */
export interface OwnedRequest {
  body: string;
  complainantId: string | null;
}

type Reader = Pick<Actor, "personId" | "roles" | "body">;

/** Whether somebody may handle a request. Nobody handles their own complaint. */
export const mayHandleRequest = (actor: Reader, { body, complainantId }: OwnedRequest): boolean =>
  may(actor, "information-request.handle", { body, ownerId: complainantId });

/**
 * What somebody sees of a request: `whole` who may handle it, `figures` auditors, who read no free text, `own` who
 * complains; null for everybody else.
 */
export function requestSight(actor: Reader, request: OwnedRequest): "whole" | "figures" | "own" | null {
  if (actor.body !== request.body) return null;
  if (actor.personId === request.complainantId) return "own";
  if (mayHandleRequest(actor, request)) return "whole";
  return can(actor, "information-request.read-register", request) ? "figures" : null;
}
