import { DataTable } from "#app/_ui/data-table.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Section } from "#app/_ui/section.tsx";
import { readRegisterFilter, writeRegisterFilter } from "#domain/policy/exception/register.ts";
import { MOST_FIGURE_TEAMS, type ExceptionFigures } from "#server/policy/exception/figures-queries.ts";

type Counts = Pick<ExceptionFigures["teams"][number], "inForce" | "decided" | "approved" | "declined">;

const COUNTS = {
  "In force": { numeric: true, cell: ({ inForce }: Counts) => inForce },
  Decided: { numeric: true, cell: ({ decided }: Counts) => decided },
  Approved: { numeric: true, cell: ({ approved }: Counts) => approved },
  Declined: { numeric: true, cell: ({ declined }: Counts) => declined },
} as const;

const NOTHING = "No request has been decided yet.";

type ClauseProps = Pick<ExceptionFigures, "clauses"> & { titles: ReadonlyMap<string, string> };

/** From which clauses exceptions are asked for, each with its part of the register. */
export function ClauseFigures({ clauses, titles }: ClauseProps) {
  return (
    <Section title="By clause">
      <p>A request from several clauses counts for each of them.</p>
      <DataTable
        caption="Requests by clause, most decided first"
        captionHidden
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
    </Section>
  );
}

/** Which teams ask for exceptions, each with its part of the register. */
export function TeamFigures({ teams, hasMore }: Pick<ExceptionFigures, "teams"> & { hasMore: boolean }) {
  return (
    <Section title="By team">
      <p>
        The current team of whoever asked.
        {hasMore && ` These are the ${MOST_FIGURE_TEAMS} teams with most decisions.`}
      </p>
      <DataTable
        caption="Requests by team, most decided first"
        captionHidden
        columns={{
          Team: ({ teamId, team }) => (teamId ? <Link href={registerOf({ team: teamId })}>{team}</Link> : "No team"),
          ...COUNTS,
        }}
        rows={teams}
        empty={NOTHING}
      />
    </Section>
  );
}

function registerOf(query: Record<string, string>): string {
  return `/exceptions/register?${writeRegisterFilter(readRegisterFilter(query))}`;
}
