import type { AcknowledgementAnswer } from "#domain/policy/acknowledgement/acknowledgement.ts";

export const ANSWER_WORDS = { accepted: "Accepted", declined: "Declined" } as const satisfies Record<
  AcknowledgementAnswer,
  string
>;

/** What became of a suggestion for a clause. */
export const takenUpWords = (takenUp: boolean | null): string => (takenUp ? "Taken up" : "Not taken up");
