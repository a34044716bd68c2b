import type { Verdict } from "#domain/policy/decision/verdict.ts";

export {
  onlyWord,
  RESULT_SENTENCES,
  resultWords,
  VERDICT_WORDS,
  verdictWord,
  type OwnWords,
} from "#domain/policy/decision/verdict.ts";

/** What a verdict means, in one sentence, for the legend. */
export const VERDICT_MEANINGS: Record<Verdict, string> = {
  never: "Do not use it. The answer says what to use instead.",
  "exception-only": "Only under an exception that was approved and is still current.",
  "via-communications": "Only through the corporate communications team.",
  discouraged: "Use another channel if you can. If you still need to, do what is listed.",
  "with-care": "You can, if you follow what is listed.",
  allowed: "You may.",
  "not-covered": "The policy does not cover it. The answer says who to ask.",
};
