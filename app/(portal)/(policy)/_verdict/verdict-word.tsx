import { verdictWord, type OwnWords, type Verdict } from "#domain/policy/decision/verdict.ts";
import { VerdictMark } from "./verdict-mark.tsx";

type VerdictWordProps = {
  /** Null if it depends: in a table's cell, on what is shown below. */
  verdict: Verdict | null;
  /** In a table with narrow columns: the mark above the word, so that the longest word fits on a line. */
  inNarrowColumn?: boolean | undefined;
  /** The words of the policy that the verdict is from: never left out, so that no page forgets them. */
  words: OwnWords["words"];
};

const IN_NARROW_COLUMN =
  "@min-[38rem]:flex-col @min-[38rem]:items-start @min-[38rem]:gap-1 @min-[38rem]:text-(length:--text-small) stacked:flex-row stacked:items-center stacked:gap-[0.45em] stacked:[font-size:inherit]";

/** Mark and word, in the size of the text around them. */
export function VerdictWord({ verdict, inNarrowColumn = false, words }: VerdictWordProps) {
  return (
    <span
      data-verdict={verdict ?? undefined}
      className={`inline-flex items-center gap-[0.45em] leading-snug font-bold ${verdict ? "text-verdict" : ""} ${inNarrowColumn ? IN_NARROW_COLUMN : ""}`}
    >
      <VerdictMark verdict={verdict} />
      <span className="min-w-0">{verdict ? verdictWord({ words }, verdict) : "Depends on:"}</span>
    </span>
  );
}
