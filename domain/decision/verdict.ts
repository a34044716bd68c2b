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

/**
 * Says whether `candidate` lets more happen than `reference`.
 * `not-covered` is neither stricter nor laxer than anything: the answer is then false.
 */
export function isLaxer(candidate: Verdict, reference: Verdict): boolean {
  if (candidate === "not-covered" || reference === "not-covered") return false;
  return VERDICTS.indexOf(candidate) > VERDICTS.indexOf(reference);
}
