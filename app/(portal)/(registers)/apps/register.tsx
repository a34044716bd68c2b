import { column, defineRegister } from "#app/_portal/register.tsx";
import { Link } from "#app/_ui/layout.tsx";
import { Tag } from "#app/_ui/content.tsx";
import { APP_STATES, type AppState } from "#domain/registers/app/app.ts";
import { getAppRegister, type AppRecord } from "#server/registers/app/queries.ts";

const TONES = { approved: "good", refused: "warning", ended: "neutral" } as const;

/** What was decided on an app. */
export const AppTag = ({ state }: { state: AppState }) => <Tag tone={TONES[state]}>{APP_STATES[state]}</Tag>;

/** The apps that a body decided on. */
export const apps = defineRegister<AppRecord>({
  path: "/apps",
  file: "/apps/register.csv",
  caption: "Register of apps",
  one: "app",
  many: "apps",
  search: "Name or purpose",
  filters: { state: { label: "Decision", choices: APP_STATES } },
  orders: { name: "By name", review: "Decided again first" },
  columns: {
    App: column.shown(
      ({ slug, name }) => <Link href={`/apps/${slug}`}>{name}</Link>,
      ({ name }) => name,
    ),
    Decision: column.shown(
      ({ state }) => <AppTag state={state} />,
      ({ state }) => APP_STATES[state],
    ),
    "What for": column.words(({ purpose }) => purpose),
    "Who may use it": column.words(({ whoMay }) => whoMay),
    "Impact assessment": column.words(({ dpiaReference }) => dpiaReference ?? "None"),
    "Day of the assessment": column.day(({ dpiaOn }) => dpiaOn),
    "Owner of the risk": column.words(({ riskOwner }) => riskOwner.name),
    "Settings required": column.saved(({ settings }) => settings.join("; ")),
    "Decided again by": column.day(({ reviewOn }) => reviewOn),
  },
  empty: "Nobody has decided on an app yet. Until then, groups are on WhatsApp alone.",
  read: getAppRegister,
});
