import { column, defineRegister } from "#app/_portal/register.tsx";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { REQUEST_KINDS, REQUEST_STATES } from "#domain/registers/information-request/information-request.ts";
import { clock } from "#server/base/clock.ts";
import { getRequestRegister, type RequestEntry } from "#server/registers/information-request/queries.ts";
import { RequestStateTag } from "./request-parts.tsx";

const kinds = Object.entries(REQUEST_KINDS).map(([kind, { label }]) => [kind, label] as const);

/** All requests and complaints of the body, for those who handle them and auditors. */
export const requestRegister = defineRegister<RequestEntry>({
  path: "/requests",
  file: "/requests/register.csv",
  caption: "All information requests and complaints",
  one: "request",
  many: "requests",
  search: "Reference or words",
  filters: {
    state: { label: "State", choices: { current: "Open or paused", ...REQUEST_STATES } },
    kind: { label: "Kind", choices: Object.fromEntries(kinds) },
    from: { label: "Came in from", isDay: true },
    until: { label: "Came in until", isDay: true },
  },
  orders: { newest: "Newest first", oldest: "Oldest first" },
  columns: {
    Reference: column.reference("/requests"),
    Kind: column.words(({ kind }) => REQUEST_KINDS[kind].label),
    "What is asked": column.saved(({ asked }) => asked),
    "Came in": column.day(({ receivedOn }) => receivedOn),
    "Last day": column.day(({ due }) => due),
    State: column.shown(
      ({ state, due }) => <RequestStateTag state={state} isLate={due !== null && due < calendarDay(clock.now())} />,
      ({ state }) => REQUEST_STATES[state],
    ),
    Closed: column.saved(({ closedOn }) => closedOn),
    "Handled by": column.words(({ handler }) => handler ?? "Nobody yet"),
    Answered: column.words(({ answered, searches }) => `${answered} of ${searches}`),
    Minutes: column.number(({ minutes }) => minutes),
  },
  empty: "No request was entered yet. Enter one as soon as it comes in: its clock runs from that day.",
  read: getRequestRegister,
});
