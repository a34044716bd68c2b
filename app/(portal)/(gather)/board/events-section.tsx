import { shownCountInWords } from "#app/_portal/count-words.ts";
import { ColumnChart } from "#app/_ui/column-chart.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { PageSection } from "#app/_ui/stack.tsx";
import { addDays, dateInWords } from "#domain/base/calendar/calendar.ts";
import type { Board, BoardMonth } from "#server/gather/board/queries.ts";
import { shortDay } from "./policy-section.tsx";

/** Exceptions, accidents and clear-downs, month by month: two charts and their table. */
export function EventsSection({ board }: { board: Board }) {
  const { months, exceptionsApproved, exceptionsDeclined } = board;
  return (
    <PageSection title="Exceptions, breaches and clear-downs">
      <p>
        {`Exceptions approved since ${dateInWords(months[0]?.from ?? board.day)}: ${shownCountInWords(exceptionsApproved)}. Declined: ${shownCountInWords(exceptionsDeclined)}.`}
      </p>
      <div className="grid gap-6 md:grid-cols-2 print:grid-cols-2 print:gap-4">
        <EventChart
          id="breaches"
          title="Possible breaches of personal data"
          months={months}
          of={(one) => one.breaches}
        />
        <EventChart id="missed" title="Clear-downs missed" months={months} of={(one) => one.missedClearDowns} />
      </div>
      <DataTable
        caption="Month by month"
        columns={{
          Month: (one) => monthInWords(one),
          "Exceptions in force at its end": { numeric: true, cell: (one) => shownCountInWords(one.exceptionsInForce) },
          "Exceptions waiting at its end": { numeric: true, cell: (one) => shownCountInWords(one.exceptionsWaiting) },
          Accidents: { numeric: true, cell: (one) => one.accidents },
          "Possible breaches": { numeric: true, cell: (one) => one.breaches },
          "Clear-downs missed": { numeric: true, cell: (one) => one.missedClearDowns },
        }}
        rows={months}
      />
    </PageSection>
  );
}

type EventChartProps = { id: string; title: string; months: readonly BoardMonth[]; of: (month: BoardMonth) => number };

function EventChart({ id, title, months, of }: EventChartProps) {
  const counts = months.map(of);
  if (counts.every((count) => count === 0))
    return (
      <div className="space-y-2">
        <h3>{title}</h3>
        <p>None in these months.</p>
      </div>
    );
  return (
    <div className="space-y-2">
      <h3>{title}</h3>
      <ColumnChart
        id={`board-${id}`}
        label={`${title} by month; the numbers are in the table below.`}
        most={Math.max(...counts)}
        columns={months.map((month, at) => ({
          label: shortDay(month.until, false),
          text: String(counts[at] ?? 0),
          value: counts[at] ?? 0,
        }))}
      />
    </div>
  );
}

/** "March 2027", or "1 March 2027 to 15 March 2027" for a part of one. */
function monthInWords({ from, until }: BoardMonth): string {
  const isWhole = addDays(until, 1).slice(0, 7) !== until.slice(0, 7);
  return isWhole ? dateInWords(from.slice(0, 7)) : `${dateInWords(from)} to ${dateInWords(until)}`;
}
