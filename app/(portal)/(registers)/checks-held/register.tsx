import { column, defineRegister } from "#app/_portal/register.tsx";
import { Link } from "#app/_ui/layout.tsx";
import { versionCell } from "#domain/base/table/cell.ts";
import { CHECK_KIND_WORDS } from "#domain/registers/understanding-check/understanding-check.ts";
import { getUnderstandingChecks, type CheckRecord } from "#server/registers/understanding-check/queries.ts";

/** The checks held elsewhere. */
export const checksHeld = defineRegister<CheckRecord>({
  path: "/checks-held",
  file: "/checks-held/register.csv",
  caption: "Checks held",
  one: "check",
  many: "checks",
  search: "Reference, people or result",
  filters: {
    kind: { label: "Kind", choices: CHECK_KIND_WORDS },
    from: { label: "Held from", isDay: true },
    until: { label: "Held until", isDay: true },
  },
  orders: { newest: "Latest first", oldest: "Earliest first" },
  columns: {
    Reference: column.reference("/checks-held"),
    Kind: column.words(({ kind }) => CHECK_KIND_WORDS[kind]),
    "Held on": column.day(({ heldOn }) => heldOn),
    "Held by": column.saved(({ heldBy }) => heldBy),
    Policy: column.shown(
      ({ policy, version }) => (
        <Link href={`/policies/${policy}/versions/${version}`}>
          {policy}, version {version}
        </Link>
      ),
      ({ policy }) => policy,
    ),
    Version: column.saved(({ version }) => versionCell(version)),
    "Taken by": column.saved(({ takenBy }) => takenBy),
    Result: column.saved(({ result }) => result),
    "What follows": column.saved(({ actions }) => actions),
  },
  empty: "No checks are recorded yet.",
  read: getUnderstandingChecks,
});
