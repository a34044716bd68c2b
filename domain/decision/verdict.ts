/** The seven verdicts of a decision table, strictest first; `not-covered` stands outside the order (vocabulary, "Verdicts"). */

export const VERDICTS = [
  "never",
  "exception-only",
  "via-communications",
  "discouraged",
  "with-care",
  "allowed",
  "not-covered",
] as const;

export type Verdict = (typeof VERDICTS)[number];

/** The one word, or few, by which a verdict goes everywhere: cell, result, receipt, paper. */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  never: "Never",
  "exception-only": "Only with an exception",
  "via-communications": "Through Communications",
  discouraged: "Not recommended",
  "with-care": "With care",
  allowed: "Allowed",
  "not-covered": "Not covered",
};

/**
 * Says whether `candidate` lets more happen than `reference`.
 * `not-covered` is neither stricter nor laxer than anything: the answer is then false.
 */
export function isLaxer(candidate: Verdict, reference: Verdict): boolean {
  if (candidate === "not-covered" || reference === "not-covered") return false;
  return VERDICTS.indexOf(candidate) > VERDICTS.indexOf(reference);
}
