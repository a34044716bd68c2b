/**
 * A policy's own words for what the portal otherwise says in the same words for all: the question it answers, its check,
 * and its verdicts. The words of a policy about messages are the default.
 */
import { z } from "zod";
import { RESULT_SENTENCES, resultWords, VERDICTS, type Verdict } from "./verdict.ts";

const sentence = z.string().trim().min(1).max(120);
/** Stands in a cell of the matrix. */
const word = z.string().trim().min(1).max(40, "write at most 40 characters: it stands in a cell of the matrix");

export const policyWordsSchema = z.strictObject({
  /** The question that the policy answers, in the first person. */
  question: sentence.default("May I send this?"),
  /** What the check does, beginning with a verb. */
  check: sentence.default("Check a message"),
  done: sentence.default("Sent it already, and should not have?"),
  /** The word for a verdict: how much care it takes, in the policy's own grades. */
  verdicts: z.partialRecord(z.enum(VERDICTS), word).default({}),
  /** The headline of a result, where the rule has none of its own or its own may say too much. */
  results: z.partialRecord(z.enum(VERDICTS), sentence).default({}),
});

export type PolicyWords = z.infer<typeof policyWordsSchema>;

/** The words of a policy that has none of its own. */
export const SHARED_WORDS: PolicyWords = policyWordsSchema.parse({});

/**
 * What a policy with a question of its own leaves to words that speak of sending.
 * @param verdicts those that its rules have
 * @returns one sentence for each; none if nothing is wrong
 */
export function wordProblems(words: PolicyWords, verdicts: ReadonlySet<Verdict>): string[] {
  if (words.question === SHARED_WORDS.question) return [];
  const missing = VERDICTS.filter(
    (verdict) => verdicts.has(verdict) && SPEAKS_OF_SENDING.test(resultWords({ words }, verdict)),
  );
  return missing.map(
    (verdict) =>
      `words.results.${verdict}: the shared sentence is "${RESULT_SENTENCES[verdict]}" Write one that answers "${words.question}".`,
  );
}

const SPEAKS_OF_SENDING = /\bsend\b/i;
