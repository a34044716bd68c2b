import { DataTable } from "#app/_ui/data-table.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { KINDS } from "#domain/registers/incident/kind.ts";
import type { ClosedCount } from "#server/registers/incident/count-queries.ts";

/** How many reports of accidents were closed, by month and kind. */
export function ClosedCases({ counts }: { counts: readonly ClosedCount[] }) {
  return (
    <Stack as="section">
      <h2>Accidents closed in the last twelve months</h2>
      <DataTable
        caption="Closed cases by month and kind"
        captionHidden
        empty="No case has been closed yet. Once one is, it is counted here."
        columns={{
          Month: ({ month }) => dateInWords(month),
          Kind: ({ kind }) => KINDS[kind].title,
          Closed: { numeric: true, cell: ({ count }) => count },
        }}
        rows={counts}
      />
      <p>
        <Link href="/incidents">All reports of accidents</Link>
      </p>
    </Stack>
  );
}
