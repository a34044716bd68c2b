import { framedPage } from "#app/_portal/form/form-page.tsx";
import { definePage, lastOf } from "#app/_portal/form/page.ts";
import { VerdictWord } from "#app/(portal)/(policy)/_verdict/verdict-word.tsx";
import { shownCountInWords } from "#app/_portal/count-words.ts";
import { DataTable } from "#app/_ui/data-table.tsx";
import { LinkLine } from "#app/_ui/link.tsx";
import { PageSection } from "#app/_ui/stack.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { readPageCursor } from "#domain/base/list/page.ts";
import { KINDS } from "#domain/registers/incident/kind.ts";
import { listPolicyReports, listReportedPolicies } from "#server/policy/acknowledgement/report-queries.ts";
import { listReceiptCounts, type ReceiptCounts } from "#server/answers/receipt/queries.ts";
import { listClosedCounts, type ClosedCount } from "#server/registers/incident/count-queries.ts";
import { PolicyPills } from "../policy-pills.tsx";
import { PolicyAnswers } from "./policy-answers.tsx";

/** How many have answered each policy of the body, by team. For governance officers. */
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
function ReceiptCountsTable({ counts }: { counts: readonly ReceiptCounts[] }) {
  return (
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
}

/** How many reports of accidents were closed, by month and kind. */
function ClosedCases({ counts }: { counts: readonly ClosedCount[] }) {
  return (
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
}
