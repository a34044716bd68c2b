import type { AcknowledgementAnswer } from "#domain/policy/acknowledgement/acknowledgement.ts";

/** How an answer to a policy is named. */
export const ANSWER_WORDS = { accepted: "Accepted", declined: "Declined" } as const satisfies Record<
  AcknowledgementAnswer,
  string
>;
