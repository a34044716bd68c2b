import type { Verdict } from "#domain/policy/decision/verdict.ts";
import { VerdictMark } from "./verdict-mark.tsx";
import { VERDICT_WORDS } from "./verdict.ts";

/** Mark and word, in the size of the text around them. */
export function VerdictWord({ verdict }: { verdict: Verdict }) {
  return (
    <span data-verdict={verdict} className="verdict-word font-bold leading-snug text-verdict">
      <VerdictMark verdict={verdict} />
      <span className="min-w-0">{VERDICT_WORDS[verdict]}</span>
    </span>
  );
}
