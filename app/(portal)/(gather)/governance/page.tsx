import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { listPolicyReports } from "#server/policy/acknowledgement/report-queries.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { listReceiptCounts } from "#server/answers/receipt/count-queries.ts";
import { listClosedCounts } from "#server/registers/incident/count-queries.ts";
import { ClosedCases } from "./closed-cases.tsx";
import { ReceiptCountsTable } from "./receipt-counts-table.tsx";
import { PolicyAnswers } from "./policy-answers.tsx";

export const metadata: Metadata = { title: "Who has answered" };

/** How many have answered each policy of the body, by team. For governance officers. */
export default async function GovernancePage() {
  const actor = await requireActor();
  const [reports, tallies, closed] = await Promise.all([
    listPolicyReports(actor),
    listReceiptCounts(actor),
    listClosedCounts(actor),
  ]);
  if (!reports) notFound();
  return (
    <PortalPage actor={actor}>
      <Stack gap="section">
        <Stack>
          <PageHeading>Who has answered</PageHeading>
          <p>
            Numbers under five are not shown, and other numbers are left out where a small one could be worked out from
            them, so that nobody is singled out. People who left are not counted.
          </p>
        </Stack>
        {reports.length === 0 && (
          <p>Your body has no policy to answer yet. Once one is published, you see here who has answered it.</p>
        )}
        {reports.map((report) => (
          <PolicyAnswers key={report.policy.slug} report={report} />
        ))}
        {tallies && tallies.length > 0 && <ReceiptCountsTable counts={tallies} />}
        {closed && <ClosedCases counts={closed} />}
      </Stack>
    </PortalPage>
  );
}
