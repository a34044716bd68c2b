import { definePage, framedPage } from "#app/_portal/form/form.tsx";
import {
  getExceptionFigures,
  MOST_FIGURE_TEAMS,
  type ExceptionFigures,
} from "#server/policy/exception/figures-queries.ts";
import { listPolicies } from "#server/policy/policy/queries.ts";
import { DataTable } from "#app/_ui/content.tsx";
import { Link, PageSection, PrintHint } from "#app/_ui/layout.tsx";
import { readRegisterFilter, writeRegisterFilter } from "#domain/policy/exception/register.ts";
import { MonthBars } from "#app/_ui/month-bars.tsx";
import { quarterInWords, type QuarterFigures } from "#domain/policy/exception/figures.ts";

const page = definePage({
  path: "/exceptions/figures",
  async read({ actor }) {
    const [figures, policies] = await Promise.all([getExceptionFigures(actor), listPolicies(actor)]);
    return figures && { ...figures, titles: new Map(policies.map(({ slug, title }) => [slug, title])) };
  },
  heading: "Figures of exceptions",
  back: { href: "/exceptions/register", label: "Register of exceptions" },
  intro: ({ view }) => (
    <>
      <p>{conditionsInWords(view.overdueConditions)}</p>
      <PrintHint />
    </>
  ),
  gap: "section",
});

const { generateMetadata, Page } = framedPage(page, ({ view: { quarters, clauses, teams, hasMoreTeams, titles } }) => (
  <>
    <QuarterTable quarters={quarters} />
    <ClauseFigures clauses={clauses} titles={titles} />
    <TeamFigures teams={teams} hasMore={hasMoreTeams} />
  </>
));
export { generateMetadata, Page as default };

const conditionsInWords = (overdue: number): string =>
  overdue > 1
    ? `${overdue} conditions of exceptions in force are overdue.`
    : `${overdue === 0 ? "No" : "1"} condition of an exception in force is overdue.`;

type Counts = Pick<ExceptionFigures["teams"][number], "inForce" | "decided" | "approved" | "declined">;

const COUNTS = {
  "In force": { numeric: true, cell: (one: Counts) => one.inForce },
  Decided: { numeric: true, cell: (one: Counts) => one.decided },
  Approved: { numeric: true, cell: (one: Counts) => one.approved },
  Declined: { numeric: true, cell: (one: Counts) => one.declined },
};

const NOTHING = "No request has been decided yet.";

type ClauseProps = Pick<ExceptionFigures, "clauses"> & { titles: ReadonlyMap<string, string> };

const ClauseFigures = ({ clauses, titles }: ClauseProps) => (
  <PageSection title="By clause">
    <p>A request from several clauses counts for each of them.</p>
    <DataTable
      caption="Requests by clause, most decided first"
      columns={{
        Clause: ({ policy, clause }) => (
          <>
            <Link href={registerOf({ policy, clause })}>Clause {clause}</Link>
            <span className="block text-small text-soft">{titles.get(policy) ?? policy}</span>
          </>
        ),
        ...COUNTS,
      }}
      rows={clauses}
      empty={NOTHING}
    />
  </PageSection>
);

const TeamFigures = ({ teams, hasMore }: Pick<ExceptionFigures, "teams"> & { hasMore: boolean }) => (
  <PageSection title="By team">
    <p>
      The current team of whoever asked.
      {hasMore && ` These are the ${MOST_FIGURE_TEAMS} teams with most decisions.`}
    </p>
    <DataTable
      caption="Requests by team, most decided first"
      columns={{
        Team: ({ teamId, team }) => (teamId ? <Link href={registerOf({ team: teamId })}>{team}</Link> : "No team"),
        ...COUNTS,
      }}
      rows={teams}
      empty={NOTHING}
    />
  </PageSection>
);

const registerOf = (query: Record<string, string>): string =>
  `/exceptions/register?${writeRegisterFilter(readRegisterFilter(query))}`;

/** What was sent and decided in each quarter, and how long the decisions took. */
const QuarterTable = ({ quarters }: { quarters: readonly QuarterFigures[] }) => (
  <PageSection title="By quarter">
    <p>
      Working days are counted from when a request was sent last to its decision. Half of the decisions took the median
      or less, nine in ten the next number or less. A condition that was not met in time counts on its last day, or on
      the day on which it was given more time.
    </p>
    <DataTable
      caption="Requests sent and decided by quarter, newest first"
      columns={{
        Quarter: quarterInWords,
        Sent: { numeric: true, cell: ({ sent }) => sent || "None" },
        Decided: { numeric: true, cell: ({ decided }) => decided || "None" },
        Approved: {
          numeric: true,
          cell: ({ decided, approved }) =>
            decided === 0 ? "–" : `${approved} (${Math.round((100 * approved) / decided)}%)`,
        },
        "Median working days": { numeric: true, cell: ({ median }) => median ?? "–" },
        "Nine in ten within": { numeric: true, cell: ({ ninetieth }) => ninetieth ?? "–" },
        "Conditions not met in time": { numeric: true, cell: ({ missed }) => missed || "None" },
      }}
      rows={quarters}
    />
    <MonthBars
      label="Requests decided by quarter"
      months={quarters.map((quarter) => ({
        label: quarterInWords(quarter),
        short: shortOf(quarter),
        count: quarter.decided,
      }))}
    />
  </PageSection>
);

/** "Q4 26" */
const shortOf = ({ from }: QuarterFigures): string => `Q${Math.ceil(Number(from.slice(5, 7)) / 3)} ${from.slice(2, 4)}`;
