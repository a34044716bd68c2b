import { VERDICTS, type OwnWords, type Verdict } from "#domain/policy/decision/verdict.ts";
import { VerdictWord } from "./verdict-word.tsx";

/** Every verdict and what it means, strictest first; or only those given. */
export const VerdictLegend = ({
  verdicts = VERDICTS,
  words,
}: {
  verdicts?: readonly Verdict[] | undefined;
  words?: OwnWords["words"];
}) => (
  <dl className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,19rem),1fr))] gap-x-8 gap-y-5">
    {verdicts.map((verdict) => (
      <div key={verdict} data-keep="" className="min-w-0">
        <dt>
          <VerdictWord verdict={verdict} words={words} />
        </dt>
        <dd className="text-small text-soft">{VERDICT_MEANINGS[verdict]}</dd>
      </div>
    ))}
  </dl>
);

/** What a verdict means, in one sentence, for the legend. */
const VERDICT_MEANINGS: Record<Verdict, string> = {
  never: "Do not use it. The answer says what to use instead.",
  "exception-only": "Only under an exception that was approved and is still current.",
  "via-communications": "Only through the corporate communications team.",
  discouraged: "Use another channel if you can. If you still need to, do what is listed.",
  "with-care": "You can, if you follow what is listed.",
  allowed: "You may.",
  "not-covered": "The policy does not cover it. The answer says who to ask.",
};
