import { column, defineRegister } from "#app/_portal/register.tsx";
import { PHONE_RETURN_REASONS, PHONE_RETURN_STATES } from "#domain/registers/phone-return/phone-return.ts";
import { getPhoneReturnRegister, type PhoneReturnEntry } from "#server/registers/phone-return/queries.ts";

/** All phone returns of the body, for governance officers and auditors. */
export const phoneReturns = defineRegister<PhoneReturnEntry>({
  path: "/phone-returns",
  file: "/phone-returns/register.csv",
  caption: "All phone returns",
  one: "phone return",
  many: "phone returns",
  search: "Reference or name",
  filters: { state: { label: "State", choices: PHONE_RETURN_STATES } },
  orders: { newest: "Newest first", due: "By the day it goes" },
  columns: {
    Reference: column.reference("/phone-returns"),
    Whose: column.words(({ person }) => person.name),
    Why: column.words(({ reason }) => PHONE_RETURN_REASONS[reason]),
    "Goes on": column.day(({ dueOn }) => dueOn),
    State: column.words(({ state }) => PHONE_RETURN_STATES[state]),
    "Moved to the record": column.saved(({ moved }) => moved ?? ""),
    "Under a hold, copied to": column.saved(({ heldCopied }) => heldCopied ?? ""),
    "Checked by": column.words(({ checkedBy }) => checkedBy?.name ?? ""),
    Checked: column.moment(({ checkedAt }) => checkedAt),
  },
  empty: "No phone has gone yet. Each stands here once somebody says that it goes.",
  read: getPhoneReturnRegister,
});
