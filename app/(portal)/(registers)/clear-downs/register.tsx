import { column, defineRegister } from "#app/_portal/register.tsx";
import { Link } from "#app/_ui/layout.tsx";
import { CLEARED_COPIES, getClearDownRegister, type ClearDownEntry } from "#server/registers/clear-down/queries.ts";

/** The confirmed clear-downs of all groups, for governance officers and auditors. */
export const clearDowns = defineRegister<ClearDownEntry>({
  path: "/clear-downs",
  file: "/clear-downs/register.csv",
  caption: "All confirmed clear-downs",
  one: "clear-down",
  many: "clear-downs",
  search: "Name or reference of the group",
  filters: {
    copies: { label: "Whose copies", choices: CLEARED_COPIES },
    from: { label: "Confirmed from", isDay: true },
    until: { label: "Confirmed until", isDay: true },
  },
  orders: { newest: "Newest first", oldest: "Oldest first", due: "By the day it was due" },
  columns: {
    Group: column.shown(
      ({ name, reference }) => (
        <>
          <bdi>{name}</bdi> (<Link href={`/groups/${reference}/ledger`}>{reference}</Link>)
        </>
      ),
      ({ name }) => name,
    ),
    Reference: column.saved(({ reference }) => reference),
    Due: column.day(({ dueOn }) => dueOn),
    Confirmed: column.moment(({ confirmedAt }) => confirmedAt),
    "After the day it was due": column.words(({ isLate }) => (isLate ? "Yes" : "No")),
    "Confirmed by": column.words(({ confirmedBy }) => confirmedBy),
    "Whose copies": column.words(({ copies }) => CLEARED_COPIES[copies]),
    "Records moved to": column.words(({ recordsMovedTo }) => recordsMovedTo),
  },
  empty: "No clear-down has been confirmed yet. The administrators of a group confirm them on its page.",
  read: getClearDownRegister,
});
