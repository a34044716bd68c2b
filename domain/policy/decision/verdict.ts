/**
 * The seven verdicts of a decision table, strictest first; `not-covered` is outside the order (docs/glossary.md,
 * "Verdicts").
 */

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

/** The word or short phrase for a verdict wherever it is shown: cell, result, receipt, printout. */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  never: "Never",
  "exception-only": "Only with an exception",
  "via-communications": "Through Communications",
  discouraged: "Not recommended",
  "with-care": "With care",
  allowed: "Allowed",
  "not-covered": "Not covered",
};

/** The headline of a result, if the rule has none of its own. */
export const RESULT_SENTENCES: Readonly<Record<Verdict, string>> = {
  never: "Do not send it.",
  "exception-only": "Not without an approved exception.",
  "via-communications": "Ask Communications to send it.",
  discouraged: "Use another channel if you can.",
  "with-care": "You can send it if you follow the points below.",
  allowed: "You can send it.",
  "not-covered": "This policy does not cover it. That does not make it allowed.",
};

/** A policy's own words, for the verdicts that it has any for: domain/policy/decision/policy-words.ts. */
export interface OwnWords {
  readonly words?:
    Readonly<Record<"verdicts" | "results", Readonly<Partial<Record<Verdict, string | undefined>>>>> | undefined;
}

/** The word for a verdict in a policy: cell, result, receipt, printout. Without words of its own, the shared one. */
export const verdictWord = ({ words }: OwnWords, verdict: Verdict): string =>
  words?.verdicts[verdict] ?? VERDICT_WORDS[verdict];

/** The words of a policy of which one is known, as a kept result stores it; none where it was the shared one. */
export const onlyWord = (verdict: Verdict, word: string | undefined): OwnWords["words"] =>
  word === undefined ? undefined : { verdicts: { [verdict]: word }, results: {} };

/** The headline of a result in a policy, if the rule has none of its own. */
export const resultWords = ({ words }: OwnWords, verdict: Verdict): string =>
  words?.results[verdict] ?? RESULT_SENTENCES[verdict];

/** Whether a verdict permits it, with or without conditions. */
export const isPermission = (verdict: Verdict): boolean => verdict === "allowed" || verdict === "with-care";

/**
 * Whether `candidate` permits more than `reference`.
 * `not-covered` is neither stricter nor laxer than anything: the answer is then false.
 */
export function isLaxer(candidate: Verdict, reference: Verdict): boolean {
  if (candidate === "not-covered" || reference === "not-covered") return false;
  return VERDICTS.indexOf(candidate) > VERDICTS.indexOf(reference);
}
