import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { readPageCursor } from "#domain/base/list/page.ts";
import { listPolicyReports, listReportedPolicies } from "#server/policy/acknowledgement/report-queries.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { listReceiptCounts } from "#server/answers/receipt/queries.ts";
import { listClosedCounts } from "#server/registers/incident/count-queries.ts";
import { PolicyPills } from "../policy-pills.tsx";
import { ClosedCases } from "./closed-cases.tsx";
import { ReceiptCountsTable } from "./receipt-counts-table.tsx";
import { PolicyAnswers } from "./policy-answers.tsx";

export const metadata: Metadata = { title: "Who has answered" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** How many have answered each policy of the body, by team. For governance officers. */
export default async function GovernancePage({ searchParams }: Props) {
  const actor = await requireActor();
  const query = await searchParams;
  const policies = await listReportedPolicies(actor, [query["policy"] ?? []].flat().at(-1));
  if (!policies) notFound();
  const [reports, tallies, closed] = await Promise.all([
    listPolicyReports(actor, policies.shown),
    listReceiptCounts(actor, policies.shown),
    listClosedCounts(actor),
  ]);
  if (!reports) notFound();
  return (
    <PortalPage actor={actor}>
      <Stack gap="section">
        <Stack>
          <PageHeading>Who has answered</PageHeading>
          <p>People who have left or have not started yet are not counted.</p>
        </Stack>
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
      </Stack>
    </PortalPage>
  );
}
