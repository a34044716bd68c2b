import { VERDICTS, type OwnWords, type Verdict } from "#domain/policy/decision/verdict.ts";
import { VERDICT_MEANINGS } from "./verdict.ts";
import { VerdictWord } from "./verdict-word.tsx";

/** Every verdict and what it means, strictest first; or only those given. */
export function VerdictLegend({
  verdicts = VERDICTS,
  words,
}: {
  verdicts?: readonly Verdict[] | undefined;
  words?: OwnWords["words"];
}) {
  return (
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
}
