/** Whether what was shared may be deleted now (content/outside-rules.yaml, facts before deletion; docs/glossary.md, "Hold"; model 9.3). */
import { mayDelete, type HoldAnswer, type StandingHold } from "#domain/registers/hold/hold.ts";

/**
 * `unasked`: the hold question is not answered yet. `held`: a hold of the register stands. `doubt`: the reporter knows of a
 * request or is not sure. `waiting`: the policy lets nobody delete before an officer has said so. `refused`: an officer said
 * no. `free`: go on.
 */
export type DeletionState = "unasked" | "held" | "doubt" | "waiting" | "refused" | "free";

export interface DeletionFacts {
  holds: readonly StandingHold[];
  answer: HoldAnswer | null;
  /** What an officer said of this case last. */
  ruling: "delete" | "keep" | null;
  /** The body's policy lets nobody delete before an officer has said so. */
  waitsForOfficer: boolean;
}

/** A hold of the register is stronger than everything; an officer's word settles a doubt of the reporter. */
export function deletionState({ holds, answer, ruling, waitsForOfficer }: DeletionFacts): DeletionState {
  if (holds.length > 0) return "held";
  if (ruling === "keep") return "refused";
  if (answer === null) return "unasked";
  if (ruling === "delete") return "free";
  if (!mayDelete(holds, answer)) return "doubt";
  return waitsForOfficer ? "waiting" : "free";
}
