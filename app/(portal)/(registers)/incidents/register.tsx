import { Moment } from "#app/_portal/portal-page.tsx";
import { column, defineRegister } from "#app/_portal/register.tsx";
import { Tag } from "#app/_ui/content.tsx";
import { KINDS } from "#domain/registers/incident/kind.ts";
import { getBreachRegister, type BreachEntry } from "#server/registers/incident/breach-queries.ts";
import { getIncidentRegister, type IncidentEntry } from "#server/registers/incident/queries.ts";

const INCIDENT_STATE_WORDS = { unopened: "Not opened", open: "Open", closed: "Closed" } as const;

export function IncidentState({ entry: { state, standing, clock, left } }: { entry: IncidentEntry }) {
  if (state === "closed") return <Tag tone="good">{INCIDENT_STATE_WORDS.closed}</Tag>;
  if (standing === "reporter")
    return left > 0 ? (
      <Tag tone="warning">{left === 1 ? "One step left" : `${left} steps left`}</Tag>
    ) : (
      <Tag>Reported</Tag>
    );
  if (standing === "manager") return <Tag>{INCIDENT_STATE_WORDS.open}</Tag>;
  return (
    <>
      <Tag tone={state === "unopened" ? "warning" : "neutral"}>{INCIDENT_STATE_WORDS[state]}</Tag>
      {clock?.isRunning && (
        <span className="block text-small">
          72 hours: {clock.left}, {clock.isOver ? "since" : "until"} <Moment at={clock.deadline} />
        </span>
      )}
    </>
  );
}

const KIND_AND_DAYS = {
  kind: { label: "What", choices: Object.fromEntries(Object.entries(KINDS).map(([kind, { title }]) => [kind, title])) },
  from: { label: "Reported from", isDay: true },
  until: { label: "Reported until", isDay: true },
} as const;

const ORDERS = { newest: "Newest first", oldest: "Oldest first", clock: "By when it was known" };

/** The reports that the reader handles. */
export const incidents = defineRegister<IncidentEntry>({
  path: "/incidents",
  file: "/incidents/register.csv",
  caption: "To handle",
  one: "report",
  many: "reports",
  search: "Reference or who reported it",
  filters: { state: { label: "State", choices: INCIDENT_STATE_WORDS }, ...KIND_AND_DAYS },
  orders: ORDERS,
  columns: {
    Reference: column.reference("/incidents"),
    What: column.words(({ title }) => title),
    Reported: column.moment(({ reportedAt }) => reportedAt),
    "Reported by": column.words(({ reporter }) => reporter),
    State: column.shown(
      (entry) => <IncidentState entry={entry} />,
      ({ state }) => INCIDENT_STATE_WORDS[state],
    ),
    "72 hours end": column.savedMoment(({ clock }) => (clock?.isRunning ? clock.deadline : null)),
    "72 hours": column.saved(({ clock }) => (clock?.isRunning ? clock.left : null)),
  },
  empty: "There are no reports to handle.",
  read: getIncidentRegister,
});

/** The breaches of the body, without names and texts. */
export const breaches = defineRegister<BreachEntry>({
  path: "/incidents/breaches",
  file: "/incidents/breaches/register.csv",
  caption: "Breaches",
  one: "breach",
  many: "breaches",
  search: "Reference",
  filters: { state: { label: "State", choices: { open: "Open", closed: "Closed" } }, ...KIND_AND_DAYS },
  orders: ORDERS,
  columns: {
    Reference: column.words(({ reference }) => reference),
    What: column.words(({ kind }) => kind),
    Information: column.words(({ data }) => data),
    Noticed: column.savedMoment(({ noticedAt }) => noticedAt),
    "Known since": column.moment(({ awareAt }) => awareAt),
    "Likelihood of harm": column.saved(({ likelihood }) => likelihood),
    "Severity of harm": column.saved(({ severity }) => severity),
    Effects: column.shown(({ likelihood, severity, isHighRisk: isHigh }) =>
      likelihood === "" ? "Not assessed" : `${likelihood}, ${severity.toLowerCase()}${isHigh ? ": high risk" : ""}`,
    ),
    "High risk": column.saved(({ likelihood, isHighRisk: isHigh }) =>
      likelihood === "" ? null : isHigh ? "yes" : "no",
    ),
    "What was done": column.words(({ done }) => done),
    "Further actions": column.saved(({ actions }) => actions),
    "Actions done": column.saved(({ actionsDone }) => actionsDone),
    "To the regulator": column.words(({ decision }) => decision || "Not decided"),
    Decided: column.savedMoment(({ decidedAt }) => decidedAt),
    Reported: column.moment(({ reportedAt }) => reportedAt),
    "Later than 72 hours": column.saved(({ reportedAt, isLate }) => (reportedAt ? (isLate ? "yes" : "no") : null)),
    "People told": column.words(({ told }) => told || "Not recorded"),
    "Recorded that they were told": column.savedMoment(({ toldAt }) => toldAt),
    Closed: column.moment(({ closedAt }) => closedAt),
  },
  empty: "No report so far may be about personal data.",
  read: getBreachRegister,
});
