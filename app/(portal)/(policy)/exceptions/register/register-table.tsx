import { requestCells } from "#app/(portal)/(policy)/_exception/request-cells.tsx";
import { StateTag } from "#app/(portal)/(policy)/_exception/state-tag.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import { lastDayOfException } from "#domain/policy/exception/register.ts";
import type { ExceptionEntry } from "#server/policy/exception/queries.ts";

type Props = { entries: readonly ExceptionEntry[]; titles: ReadonlyMap<string, string> };

/** One page of the register. */
export function RegisterTable({ entries, titles }: Props) {
  return (
    <DataTable
      caption="Requests, newest first"
      captionHidden
      columns={[
        { key: "reference", label: "Reference" },
        { key: "state", label: "State" },
        { key: "who", label: "Asked by" },
        { key: "what", label: "Policy and clauses" },
        { key: "risk", label: "Risk left" },
        { key: "sent", label: "Sent" },
        { key: "ends", label: "Last day" },
      ]}
      rows={entries.map(({ exception, state }) => ({
        key: exception.reference,
        cells: {
          ...requestCells(exception, titles),
          state: <StateTag state={state} />,
          sent: exception.submittedAt ? dateInWords(calendarDay(exception.submittedAt)) : "–",
          ends: endOf({ exception, state }),
        },
      }))}
    />
  );
}

function endOf(entry: ExceptionEntry): string {
  const day = lastDayOfException(entry);
  return day ? dateInWords(day) : "–";
}
