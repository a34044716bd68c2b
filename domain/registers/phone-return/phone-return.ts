/** A phone return: what is asked before a phone is replaced, wiped, lost to its owner or handed in (docs/glossary.md). */
import {
  dayProblems,
  type FieldProblem,
  problemIf,
  textProblems,
  type TypedDate,
} from "#domain/base/form/form-values.ts";

export const PHONE_RETURN_REASONS = {
  replacement: "It is replaced by another",
  reset: "It is wiped or reset",
  lost_number: "It, or its number, is lost or given up",
  leaving: "Its user leaves",
};
export type PhoneReturnReason = keyof typeof PHONE_RETURN_REASONS;

/** The reasons that somebody can give: leaving is said by the directory. */
export const GIVEN_REASONS = ["replacement", "reset", "lost_number"] as const;

/** The steps in its history. */
export const PHONE_RETURN_STEPS = {
  started: "Started",
  stated: "Said what was moved",
  stopped: "Stopped: a hold needs what is on the phone",
  checked: "Checked: the phone may go",
  cancelled: "Cancelled: the phone stays",
} as const satisfies Record<string, string>;
export type PhoneReturnStepName = keyof typeof PHONE_RETURN_STEPS;

/** Longest text, in characters. */
export const LONGEST_MOVED = 2000;

export type PhoneReturnState = "open" | "stated" | "checked" | "cancelled";
export const PHONE_RETURN_STATES: Record<PhoneReturnState, string> = {
  open: "To be filled in",
  stated: "To be checked",
  checked: "The phone may go",
  cancelled: "Cancelled",
};

interface Times {
  statedAt: Date | null;
  checkedAt: Date | null;
  cancelledAt: Date | null;
}

export function phoneReturnState({ statedAt, checkedAt, cancelledAt }: Times): PhoneReturnState {
  if (cancelledAt) return "cancelled";
  if (checkedAt) return "checked";
  return statedAt ? "stated" : "open";
}

/** What has to be corrected when a return is started. @param days YYYY-MM-DD: today, and the last day that may be given */
export function phoneReturnProblems(
  { reason, dueOn }: { reason: PhoneReturnReason | null; dueOn: TypedDate },
  days: { today: string; last: string },
): FieldProblem[] {
  const day = dueOn.kind === "day" ? dueOn.day : null;
  return [
    ...problemIf(reason === null, "reason", "Say what happens to the phone."),
    ...dayProblems("dueOn", dueOn, "Say on which day it goes."),
    ...(day !== null && (day < days.today || day > days.last)
      ? [{ field: "dueOn", message: "It goes today or within a year. If it is gone already, enter today." }]
      : []),
  ];
}

/** What has to be corrected in what was moved. @param isHeld whether a hold needs what is on the phone */
export const statementProblems = ({ moved, heldCopied }: Statement, isHeld: boolean): FieldProblem[] => [
  ...textProblems("moved", moved, "Say what was moved to the record, or that nothing had value.", LONGEST_MOVED),
  ...textProblems(
    "heldCopied",
    heldCopied,
    isHeld ? "Say where what the hold needs was copied to." : null,
    LONGEST_MOVED,
  ),
];

/** What was moved to the record, and where what is under a hold was copied to; "" if it was not. */
export interface Statement {
  moved: string;
  heldCopied: string;
}

/** The holds that were not answered yet: there is no copy, or they were placed after it was named. */
export const unansweredHolds = <Hold extends { placedAt: Date }>(
  holds: readonly Hold[],
  { heldCopied, statedAt }: { heldCopied: string | null; statedAt: Date | null },
): Hold[] => holds.filter(({ placedAt }) => !heldCopied || statedAt === null || placedAt > statedAt);
