import { VerdictWord } from "#app/(portal)/(policy)/_verdict/verdict-word.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import type { ReceiptCounts } from "#server/answers/receipt/queries.ts";
import { shownCountInWords } from "#app/_portal/count-words.ts";

/** How many results people kept, by policy and verdict: numbers only, small ones suppressed. */
export function ReceiptCountsTable({ counts }: { counts: readonly ReceiptCounts[] }) {
  return (
    <Stack as="section">
      <h2>Results that people kept</h2>
      <p>How often people kept an answer of the check. Nobody sees whose, and what was deleted is not counted.</p>
      {counts.map(({ slug, title, words, verdicts }) => (
        <DataTable
          key={slug}
          caption={title}
          captionHidden={false}
          columns={{
            Answer: ({ verdict }) => <VerdictWord verdict={verdict} words={words} />,
            Kept: {
              numeric: true,
              cell: ({ count }) =>
                count.kind === "shown" ? (
                  count.count
                ) : (
                  <span className="text-small text-soft">{shownCountInWords(count)}</span>
                ),
            },
          }}
          rows={verdicts}
        />
      ))}
    </Stack>
  );
}
