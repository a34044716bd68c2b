/** Whether what was shared may be deleted now (content/outside-rules.yaml, facts before deletion; docs/glossary.md, "Hold"; model 9.3). */
import { mayDelete, type HoldAnswer, type StandingHold } from "#domain/registers/hold/hold.ts";

/**
 * `unasked`: the hold question is not answered yet. `held`: a hold in the register is in force. `doubt`: the reporter
 * knows of a request or is not sure. `waiting`: the policy requires an officer's permission first. `refused`: an
 * officer said no. `free`: go on.
 */
export type DeletionState = "unasked" | "held" | "doubt" | "waiting" | "refused" | "free";

export interface DeletionFacts {
  holds: readonly StandingHold[];
  answer: HoldAnswer | null;
  /** An officer's latest decision on deleting. */
  ruling: "delete" | "keep" | null;
  /** The body's policy requires an officer's permission before deleting. */
  waitsForOfficer: boolean;
}

/** A hold in the register overrides everything; an officer can settle the reporter's doubt. */
export function deletionState({ holds, answer, ruling, waitsForOfficer }: DeletionFacts): DeletionState {
  if (holds.length > 0) return "held";
  if (ruling === "keep") return "refused";
  if (answer === null) return "unasked";
  if (ruling === "delete") return "free";
  if (!mayDelete(holds, answer)) return "doubt";
  return waitsForOfficer ? "waiting" : "free";
}
