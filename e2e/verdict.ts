/** The word for each verdict on every page, strictest first. */
export const VERDICT_WORDS = [
  "Never",
  "Only with an exception",
  "Through Communications",
  "Not recommended",
  "With care",
  "Allowed",
  "Not covered",
] as const;

export type VerdictWord = (typeof VERDICT_WORDS)[number];
