import type { Verdict } from "#domain/decision/verdict.ts";
import { VerdictWord } from "./verdict-word.tsx";

type VerdictCellProps = { verdict: Verdict; notes?: string[] | undefined };

/** What stands in a matrix cell: mark, word, and small lines such as what would change it. */
export function VerdictCell({ verdict, notes = [] }: VerdictCellProps) {
  return (
    <>
      <VerdictWord verdict={verdict} />
      {notes.map((note) => (
        <span key={note} className="mt-1 block text-small leading-snug text-ink">
          {note}
        </span>
      ))}
    </>
  );
}
