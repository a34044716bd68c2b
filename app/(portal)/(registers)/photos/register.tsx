import { column, defineRegister } from "#app/_portal/register.tsx";
import { Tag } from "#app/_ui/content.tsx";
import { getConsentRegister, type ConsentView } from "#server/registers/consent/queries.ts";

const CONSENT_STATE_WORDS = { valid: "Holds", ended: "Ended", withdrawn: "Withdrawn" } as const;

export function ConsentTag({ state }: Pick<ConsentView, "state">) {
  return <Tag tone={state === "valid" ? "good" : "neutral"}>{CONSENT_STATE_WORDS[state]}</Tag>;
}

/** All photo consents of the body, for governance officers. */
export const consents = defineRegister<ConsentView>({
  path: "/photos",
  file: "/photos/register.csv",
  caption: "All photo consents",
  one: "consent",
  many: "consents",
  search: "Reference or name",
  filters: { state: { label: "State", choices: CONSENT_STATE_WORDS } },
  orders: { newest: "Newest first", ends: "By last day", name: "By name" },
  columns: {
    Reference: column.reference("/photos"),
    "In the picture": column.words(({ name }) => name),
    "Agreed for a child": column.saved(({ guardian }) => guardian),
    "May be used for": column.saved(({ purpose }) => purpose),
    Form: column.saved(({ formReference }) => formReference),
    "Given on": column.saved(({ givenOn }) => givenOn),
    Until: column.day(({ until }) => until),
    "Recorded by": column.shown(
      ({ isMine, person }) => (isMine ? "You" : person.name),
      ({ person }) => person.name,
    ),
    State: column.shown(
      ({ state }) => <ConsentTag state={state} />,
      ({ state }) => CONSENT_STATE_WORDS[state],
    ),
    Withdrawn: column.savedMoment(({ withdrawnAt }) => withdrawnAt),
  },
  empty: "Nobody has recorded one yet.",
  read: getConsentRegister,
});
