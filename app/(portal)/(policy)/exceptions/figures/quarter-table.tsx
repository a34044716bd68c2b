import { DataTable } from "#app/_ui/data-table.tsx";
import { MonthBars } from "#app/_ui/month-bars.tsx";
import { Section } from "#app/_ui/section.tsx";
import { quarterInWords, type QuarterFigures } from "#domain/policy/exception/figures.ts";

/** What was sent and decided in each quarter, and how long the decisions took. */
export function QuarterTable({ quarters }: { quarters: readonly QuarterFigures[] }) {
  return (
    <Section title="By quarter">
      <p>
        Working days are counted from when a request was sent last to its decision. Half of the decisions took the
        median or less, nine in ten the next number or less.
      </p>
      <DataTable
        caption="Requests sent and decided by quarter, newest first"
        captionHidden
        columns={{
          Quarter: quarterInWords,
          Sent: { numeric: true, cell: ({ sent }) => sent || "None" },
          Decided: { numeric: true, cell: ({ decided }) => decided || "None" },
          Approved: {
            numeric: true,
            cell: ({ decided, approved }) =>
              decided === 0 ? "–" : `${approved} (${Math.round((100 * approved) / decided)}%)`,
          },
          "Median working days": { numeric: true, cell: ({ median }) => median ?? "–" },
          "Nine in ten within": { numeric: true, cell: ({ ninetieth }) => ninetieth ?? "–" },
        }}
        rows={quarters}
      />
      <MonthBars
        label="Requests decided by quarter"
        months={quarters.map((quarter) => ({
          label: quarterInWords(quarter),
          short: shortOf(quarter),
          count: quarter.decided,
        }))}
      />
    </Section>
  );
}

/** "Q4 26" */
function shortOf({ from }: QuarterFigures): string {
  return `Q${Math.ceil(Number(from.slice(5, 7)) / 3)} ${from.slice(2, 4)}`;
}
