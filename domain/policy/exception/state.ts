/**
 * The life cycle of an exception as one table: state × command, and who may give each command (docs/glossary.md,
 * "Exception").
 */
import { keysOf } from "#domain/base/list/page.ts";
import { CAPACITIES, type Capacity } from "#domain/access/permission/capacity.ts";
import { grantsOf, type Action } from "#domain/access/permission/permission.ts";
import {
  EXCEPTION_DECISIONS,
  isLastStep,
  isOnApproved,
  passedOnTo,
  turnFor,
  type Bar,
  type RequestRelation,
  type Turn,
} from "./decider.ts";

export const EXCEPTION_STATE_WORDS = {
  draft: "Draft",
  submitted: "Waiting for a decision",
  "changes-requested": "Changes asked for",
  approved: "Approved",
  declined: "Declined",
  withdrawn: "Withdrawn",
  revoked: "Revoked",
  expired: "Expired",
} as const;
export type ExceptionState = keyof typeof EXCEPTION_STATE_WORDS;
export const EXCEPTION_STATES = keysOf(EXCEPTION_STATE_WORDS);
/** Expired is never stored: an approved exception counts as expired from its end on, at the same moment everywhere. */
export type StoredExceptionState = Exclude<ExceptionState, "expired">;

/** The commands, and the permission that each needs; the table of permissions says in which capacities. */
const PERMISSION_FOR = {
  edit: "exception.change",
  discard: "exception.change",
  submit: "exception.change",
  "request-changes": "exception.decide",
  approve: "exception.decide",
  decline: "exception.decide",
  "pass-on": "exception.decide",
  withdraw: "exception.change",
  revoke: "exception.revoke",
  "complete-mitigation": "exception.complete-mitigation",
  "meet-condition": "exception.complete-mitigation",
  "give-more-time": "exception.revoke",
  extend: "exception.change",
} as const satisfies Record<string, Action>;
export type ExceptionCommand = keyof typeof PERMISSION_FOR;
export const EXCEPTION_COMMANDS = keysOf(PERMISSION_FOR);

/** What stands in the history of a request: commands, and what follows when its holder leaves. */
export const EXCEPTION_STEPS = [...EXCEPTION_COMMANDS, "end-with-leaver", "hand-over", "take-over"] as const;
export type ExceptionStepName = (typeof EXCEPTION_STEPS)[number];

/** `gone`: the draft is deleted. */
export type NextExceptionState = StoredExceptionState | "gone";
/** A command that is not in a state's row is refused in that state. */
type Row = Partial<Record<ExceptionCommand, NextExceptionState>>;

const TRANSITIONS = {
  draft: { edit: "draft", discard: "gone", submit: "submitted" },
  submitted: {
    "request-changes": "changes-requested",
    approve: "approved",
    decline: "declined",
    "pass-on": "submitted",
    withdraw: "withdrawn",
  },
  "changes-requested": { edit: "changes-requested", submit: "submitted", withdraw: "withdrawn" },
  approved: {
    withdraw: "withdrawn",
    revoke: "revoked",
    "complete-mitigation": "approved",
    "meet-condition": "approved",
    "give-more-time": "approved",
    extend: "approved", // it begins another request, and stays as it is
  },
  declined: {},
  withdrawn: {},
  revoked: {},
  expired: {},
} as const satisfies Record<ExceptionState, Row>;

/**
 * The capacities in which a command may be given, whatever the state. Of those, only the owner of a mitigation
 * completes it.
 */
export const commandersOf = (command: ExceptionCommand): Capacity[] =>
  CAPACITIES.filter((capacity) =>
    capacity === "requester"
      ? grantsOf(PERMISSION_FOR[command], "employee").includes("own")
      : grantsOf(PERMISSION_FOR[command], capacity).includes(capacity === "line-manager" ? "team" : "others"),
  );

/** The state now: approved turns into expired at its end, to the millisecond. */
export function stateAt(exception: { state: StoredExceptionState; endsAt: Date | null }, now: Date): ExceptionState {
  const isOver = exception.state === "approved" && exception.endsAt !== null && exception.endsAt <= now;
  return isOver ? "expired" : exception.state;
}

/** The period of an approved exception that ends now: none where it had not begun. */
export const periodEndedAt = ({ startsAt }: { startsAt: Date | null }, now: Date) =>
  startsAt !== null && startsAt < now ? { startsAt, endsAt: now } : { startsAt: null, endsAt: null };

export type CommandRefusal =
  /** Somebody who may never give this command, or it is not their turn. */
  | "not-yours"
  /** It covers them, they made themselves line manager, or they have approved it: they do not decide on it. */
  | Bar
  /** At the risk that is left, or because nobody else may, somebody higher decides. */
  | "needs-higher"
  /** It was passed on to somebody, and it is their turn alone. */
  | "passed-on"
  /** The state is a different one, perhaps only just changed. */
  | "wrong-state";

/** Where a command leads; undefined if the state does not allow it. */
export function nextState(
  exception: { state: StoredExceptionState; endsAt: Date | null },
  command: ExceptionCommand,
  now: Date,
): NextExceptionState | undefined {
  const row: Row = TRANSITIONS[stateAt(exception, now)];
  return row[command];
}

export type Permit = { ok: true; next: NextExceptionState } | { ok: false; refusal: CommandRefusal };

/**
 * Whether somebody may give a command now, and the state it leads to. An approval after which more steps follow leaves
 * the request waiting.
 */
export function permit(
  exception: { state: StoredExceptionState; endsAt: Date | null } & Turn,
  command: ExceptionCommand,
  relation: RequestRelation,
  now: Date,
): Permit {
  const { capacities, bar, free } = relation;
  const commanders = commandersOf(command);
  const allowed = capacities.filter((capacity) => commanders.includes(capacity));
  if (allowed.length === 0) return { ok: false, refusal: "not-yours" };
  const decision = EXCEPTION_DECISIONS.find((one) => one === command);
  if (decision) {
    if (bar !== null) return { ok: false, refusal: bar };
    const turn = turnFor(decision, exception, free);
    const isAbove = turn.some((capacity) => allowed.every((own) => rankOf(own) < rankOf(capacity)));
    const passedOn = isOnApproved(decision) ? null : passedOnTo(relation, turn);
    if (passedOn !== "them" && !allowed.some((capacity) => turn.includes(capacity)))
      return { ok: false, refusal: isAbove && !isOnApproved(decision) ? "needs-higher" : "not-yours" };
    if (passedOn === "another") return { ok: false, refusal: "passed-on" };
  }
  const next = nextState(exception, command, now);
  if (next === undefined) return { ok: false, refusal: "wrong-state" };
  return { ok: true, next: command === "approve" && !isLastStep(exception) ? "submitted" : next };
}

const rankOf = (capacity: Capacity): number => CAPACITIES.indexOf(capacity);
