import { requestColumns } from "#app/(portal)/(policy)/_exception/request-columns.tsx";
import { StateTag } from "#app/(portal)/(policy)/_exception/state-tag.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import { lastDayOfException, REGISTER_ORDERS, type RegisterOrder } from "#domain/policy/exception/register.ts";
import type { RegisterEntry } from "#server/policy/exception/register-queries.ts";

type Props = { entries: readonly RegisterEntry[]; order: RegisterOrder; titles: ReadonlyMap<string, string> };

/** One page of the register. */
export function RegisterTable({ entries, order, titles }: Props) {
  return (
    <DataTable
      caption={`Requests: ${REGISTER_ORDERS[order].toLowerCase()}`}
      captionHidden
      columns={{
        ...requestColumns(titles),
        State: (entry) => <StateOf {...entry} />,
        Sent: ({ exception }) => (exception.submittedAt ? dateInWords(calendarDay(exception.submittedAt)) : "–"),
        Decision: (entry) => <Decision {...entry} />,
        "Last day": endOf,
      }}
      rows={entries}
    />
  );
}

function StateOf({ state, extension }: RegisterEntry) {
  return (
    <>
      <StateTag state={state} />
      {extension > 0 && (
        <span className="block text-small text-soft">
          {extension === 1 ? "Extended once" : `Extended ${extension} times`}
        </span>
      )}
    </>
  );
}

/** A reason that is longer is on the page of the request. */
const LONGEST_REASON = 120;

/** Who decided, when and why. */
function Decision({ exception: { decidedAt, decidedBy, steps } }: RegisterEntry) {
  if (!decidedAt) return "–";
  const reason = steps.findLast(({ command }) => command === "approve" || command === "decline")?.reason ?? "";
  return (
    <>
      {decidedBy ? `${decidedBy.name}, ` : ""}
      {dateInWords(calendarDay(decidedAt))}
      {reason !== "" && (
        <span className="block text-small wrap-anywhere text-soft">
          {reason.length > LONGEST_REASON ? `${reason.slice(0, LONGEST_REASON).trimEnd()}…` : reason}
        </span>
      )}
    </>
  );
}

function endOf(entry: RegisterEntry): string {
  const day = lastDayOfException(entry);
  return day ? dateInWords(day) : "–";
}
