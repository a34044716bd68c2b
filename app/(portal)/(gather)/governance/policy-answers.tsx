import { BY_NAME, PageLinks } from "#app/_portal/page-links.tsx";
import { REPORT_PART_COLUMNS } from "#app/_portal/report-words.ts";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { StackedBar } from "#app/_ui/stacked-bar.tsx";
import { pageOf, type PageCursor } from "#domain/base/list/page.ts";
import type { PolicyReport } from "#server/policy/acknowledgement/report-queries.ts";
import { ALL_TEAMS, NO_TEAM } from "#app/_portal/count-words.ts";

type PolicyAnswersProps = {
  report: PolicyReport;
  /** Where the list of teams begins. */
  cursor: PageCursor;
};

function totalsInWords(people: number, { accepted, declined, outstanding }: PolicyReport["totals"]): string {
  const have = (count: number) => `${count} ${count === 1 ? "has" : "have"}`;
  const all = `${people} ${people === 1 ? "person" : "people"}`;
  return `Of ${all}, ${have(accepted)} accepted, ${have(declined)} declined and ${outstanding} still ${outstanding === 1 ? "has" : "have"} to answer.`;
}

/** How the answers on one policy divide, by team and in total: as a chart and as a table, each with the way to the names. */
export function PolicyAnswers({ report: { policy, teams, totals, people }, cursor }: PolicyAnswersProps) {
  const page = pageOf(teams, ({ id }) => id ?? "none", cursor);
  const lines = [
    ...page.rows.map(({ id, team, counts }) => ({ id, label: team ?? NO_TEAM, counts })),
    ...(teams.length > 1 ? [{ id: null, label: ALL_TEAMS, counts: totals }] : []),
  ];
  const names = `/governance/people?policy=${policy.slug}`;
  return (
    <Stack as="section">
      <h2>
        <Link href={`/policies/${policy.slug}`}>{policy.title}</Link>, version {policy.version}
      </h2>
      <p>
        {`${totalsInWords(people, totals)} `}
        <Link href={names}>See them by name, and remind them</Link>
      </p>
      {people > 0 && (
        <StackedBar
          id={`governance-${policy.slug}`}
          label={`Answers by team on “${policy.title}”; the numbers are in the table below.`}
          parts={[...REPORT_PART_COLUMNS]}
          rows={lines.map(({ label, counts: values }) => ({ label, values }))}
        />
      )}
      <DataTable
        caption={`Answers on “${policy.title}”, version ${policy.version}, by team`}
        empty="There is nobody in the directory who could answer."
        columns={{
          Team: ({ id, label }) =>
            id === null ? label : <Link href={`${names}&team=${encodeURIComponent(id)}`}>{label}</Link>,
          Accepted: { numeric: true, cell: ({ counts }) => counts.accepted },
          Declined: { numeric: true, cell: ({ counts }) => counts.declined },
          Outstanding: { numeric: true, cell: ({ counts }) => counts.outstanding },
        }}
        rows={lines}
      />
      <PageLinks
        label={`Teams on “${policy.title}”`}
        page={page}
        path="/governance"
        filters={[["policy", policy.slug]]}
        words={BY_NAME}
      />
      <p className="no-print">
        <Link href={`/governance/acknowledgements.csv?policy=${policy.slug}`}>Save as a table (CSV)</Link>
        {" · "}
        <Link href={`/policies/${policy.slug}/poster`}>Poster that leads people to it</Link>
      </p>
    </Stack>
  );
}
