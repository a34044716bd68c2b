import type { AcknowledgementAnswer } from "#domain/policy/acknowledgement/acknowledgement.ts";

export const ANSWER_WORDS = { accepted: "Accepted", declined: "Declined" } as const satisfies Record<
  AcknowledgementAnswer,
  string
>;
