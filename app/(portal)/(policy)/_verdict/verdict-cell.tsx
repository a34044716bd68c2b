import type { Verdict } from "#domain/policy/decision/verdict.ts";
import type { OwnWords } from "./verdict.ts";
import { VerdictWord } from "./verdict-word.tsx";

type VerdictCellProps = {
  /** Null if it depends; the first notes then say on what. */
  verdict: Verdict | null;
  notes?: readonly string[] | undefined;
  /** Emphasised below them: that it changed, or is allowed to the reader. */
  marks?: readonly string[] | undefined;
  inNarrowColumn?: boolean | undefined;
  words?: OwnWords["words"];
};

/** The content of a matrix cell: mark, word, and small lines such as what would change it. */
export function VerdictCell({ verdict, notes = [], marks = [], inNarrowColumn, words }: VerdictCellProps) {
  return (
    <>
      <VerdictWord verdict={verdict} inNarrowColumn={inNarrowColumn} words={words} />
      {notes.map((note) => (
        <span key={note} className="mt-1 block text-small leading-snug text-ink">
          {note}
        </span>
      ))}
      {marks.map((mark) => (
        <span
          key={mark}
          className="mt-1.5 block border-s-3 border-current ps-[0.6rem] text-small leading-snug font-bold text-ink"
        >
          {mark}
        </span>
      ))}
    </>
  );
}
