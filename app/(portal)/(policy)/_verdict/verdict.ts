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
  discouraged: "Better not. If you do it all the same, do what is listed.",
  "with-care": "You may, under the conditions listed.",
  allowed: "You may.",
  "not-covered": "The policy does not speak of it. The answer says whom to ask.",
};
