import { column, defineRegister } from "#app/_portal/register.tsx";
import { HOLD_REASONS } from "#domain/registers/hold/hold.ts";
import { getHoldRegister, type HoldEntry } from "#server/registers/hold/queries.ts";

/** All holds of the body, for governance officers and auditors. */
export const holdRegister = defineRegister<HoldEntry>({
  path: "/holds",
  file: "/holds/register.csv",
  caption: "All holds",
  one: "hold",
  many: "holds",
  search: "Reference or what to keep",
  filters: {
    state: { label: "State", choices: { "in-force": "In force", ended: "Ended" } },
    reason: { label: "Why", choices: HOLD_REASONS },
  },
  orders: { newest: "Newest first", oldest: "Oldest first" },
  columns: {
    Reference: column.reference("/holds"),
    Why: column.words(({ reason }) => HOLD_REASONS[reason]),
    "What to keep": column.saved(({ keep }) => keep),
    On: column.words(onWhat),
    Placed: column.moment(({ placedAt }) => placedAt),
    Ended: column.moment(({ endedAt }) => endedAt),
    Confirmed: column.number(({ confirmed }) => confirmed),
    "Of people": column.number(({ concerned }) => concerned),
  },
  empty: "No holds have been placed. Place one as soon as a request, an inquiry or a complaint comes in.",
  read: getHoldRegister,
});

function onWhat({ isOnSubject, groups, people }: HoldEntry): string {
  const count = (number: number, one: string, many: string) => (number === 1 ? `1 ${one}` : `${number} ${many}`);
  return [
    ...(isOnSubject ? ["A subject: everybody"] : []),
    ...(groups > 0 ? [count(groups, "group", "groups")] : []),
    ...(people > 0 ? [count(people, "person", "people")] : []),
  ].join(", ");
}
