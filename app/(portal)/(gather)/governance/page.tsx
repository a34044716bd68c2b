import { VerdictWord } from "#app/(portal)/(policy)/_verdict/verdict-word.tsx";
import { ALL_TEAMS, NO_TEAM, shownCountInWords } from "#app/_portal/count-words.ts";
import { definePage, framedPage, lastOf } from "#app/_portal/form/form.tsx";
import { BY_NAME, PageLinks } from "#app/_portal/portal-page.tsx";
import { REPORT_PART_COLUMNS } from "#app/_portal/report-words.ts";
import { DataTable } from "#app/_ui/content.tsx";
import { Link, LinkLine, PageSection, Stack } from "#app/_ui/layout.tsx";
import { StackedBar } from "#app/_ui/stacked-bar.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { type PageCursor, pageOf, readPageCursor } from "#domain/base/list/page.ts";
import { KINDS } from "#domain/registers/incident/kind.ts";
import { listReceiptCounts, type ReceiptCounts } from "#server/answers/receipt/queries.ts";
import {
  listPolicyReports,
  listReportedPolicies,
  type PolicyReport,
} from "#server/policy/acknowledgement/report-queries.ts";
import { type ClosedCount, listClosedCounts } from "#server/registers/incident/count-queries.ts";
import { PolicyPills } from "../policy-pills.tsx";

const page = definePage({
  path: "/governance",
  async read({ actor, query }) {
    const policies = await listReportedPolicies(actor, lastOf(query, "policy"));
    if (!policies) return null;
    const [reports, tallies, closed] = await Promise.all([
      listPolicyReports(actor, policies.shown),
      listReceiptCounts(actor, policies.shown),
      listClosedCounts(actor),
    ]);
    return reports && { policies, reports, tallies, closed };
  },
  heading: "Who has answered",
  gap: "section",
  intro: <p>People who have left or have not started yet are not counted.</p>,
});

const { generateMetadata, Page } = framedPage(page, ({ query, view: { policies, reports, tallies, closed } }) => (
  <>
    {reports.length === 0 && (
      <p>Your body has no policy to answer yet. Once one is published, you see here who has answered it.</p>
    )}
    {policies.shown[0] !== undefined && policies.shown.length < policies.all.length && (
      <PolicyPills path="/governance" policies={policies.all} chosen={policies.shown[0]} />
    )}
    {reports.map((report) => (
      <PolicyAnswers key={report.policy.slug} report={report} cursor={readPageCursor(query)} />
    ))}
    {tallies && tallies.length > 0 && <ReceiptCountsTable counts={tallies} />}
    {closed && <ClosedCases counts={closed} />}
  </>
));
export { generateMetadata, Page as default };

/** How many results people kept, by policy and verdict: numbers only, small ones suppressed. */
const ReceiptCountsTable = ({ counts }: { counts: readonly ReceiptCounts[] }) => (
  <PageSection title="Results that people kept">
    <p>How often people kept an answer of the check. Nobody sees whose, and what was deleted is not counted.</p>
    {counts.map(({ slug, title, words, verdicts }) => (
      <DataTable
        key={slug}
        caption={title}
        captionHidden={false}
        columns={{
          Answer: ({ verdict }) => <VerdictWord verdict={verdict} words={words} />,
          Kept: {
            numeric: true,
            cell: ({ count }) =>
              count.kind === "shown" ? (
                count.count
              ) : (
                <span className="text-small text-soft">{shownCountInWords(count)}</span>
              ),
          },
        }}
        rows={verdicts}
      />
    ))}
  </PageSection>
);

/** How many reports of accidents were closed, by month and kind. */
const ClosedCases = ({ counts }: { counts: readonly ClosedCount[] }) => (
  <PageSection title="Accidents closed in the last twelve months">
    <DataTable
      caption="Closed cases by month and kind"
      empty="No case has been closed yet. Once one is, it is counted here."
      columns={{
        Month: ({ month }) => dateInWords(month),
        Kind: ({ kind }) => KINDS[kind].title,
        Closed: { numeric: true, cell: ({ count }) => count },
      }}
      rows={counts}
    />
    <LinkLine href="/incidents">All reports of accidents</LinkLine>
  </PageSection>
);

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
function PolicyAnswers({ report: { policy, teams, totals, people }, cursor }: PolicyAnswersProps) {
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
