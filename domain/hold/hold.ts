/** A hold stops every deletion (vocabulary, "Hold"; uk-rules, FOIA s.77; issue 6, item 6). */
import type { Body } from "../policy/body.ts";

export const HOLD_REASONS = {
  foi: "Freedom of information request",
  "subject-access": "Subject access request",
  inquiry: "Inquiry",
  complaint: "Complaint",
  incident: "Incident",
  litigation: "Court case or claim",
} as const satisfies Record<string, string>;

export type HoldReason = keyof typeof HOLD_REASONS;

/** A hold in force, as those whom it concerns see it. */
export interface StandingHold {
  reference: string;
  reason: HoldReason;
  /** What must not be deleted, in words. */
  keep: string;
  placedAt: Date;
}

/** What people answer before they delete: do they know of a request, an inquiry or a complaint about it? */
export const HOLD_ANSWERS = ["none", "known", "unsure"] as const;
export type HoldAnswer = (typeof HOLD_ANSWERS)[number];

/**
 * Whether somebody may go on to delete. A hold in the register stops it whatever they answer; so does one that only they
 * know of, and a doubt: both go to the governance officer first.
 */
export function mayDelete(standing: readonly StandingHold[], answer: HoldAnswer): boolean {
  return standing.length === 0 && answer === "none";
}

/** What the law says of deleting after a request has come in, for the nation of a body; in plain words. */
export function lawOnDeleting({ nation }: Pick<Body, "nation">): string {
  const act =
    nation === "scotland"
      ? "the Freedom of Information (Scotland) Act 2002, section 65"
      : "the Freedom of Information Act 2000, section 77";
  return `Once somebody has asked to see information, it is an offence to delete it so that they do not get it (${act}). That includes messages on your own phone.`;
}
