import type { AcknowledgementAnswer } from "#domain/policy/acknowledgement/acknowledgement.ts";

/** The name of each answer to a policy. */
export const ANSWER_WORDS = { accepted: "Accepted", declined: "Declined" } as const satisfies Record<
  AcknowledgementAnswer,
  string
>;
