import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { BackLink } from "#app/_ui/back-link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { PrintHint } from "#app/_ui/print-hint.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { getExceptionFigures } from "#server/policy/exception/figures-queries.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { listPolicies } from "#server/policy/policy/queries.ts";
import { ClauseFigures, TeamFigures } from "./decided-tables.tsx";
import { QuarterTable } from "./quarter-table.tsx";

export const metadata: Metadata = { title: "Figures of exceptions" };

/** How exceptions were decided: by quarter, by clause and by team. */
export default async function FiguresPage() {
  const actor = await requireActor();
  const [figures, policies] = await Promise.all([getExceptionFigures(actor), listPolicies(actor)]);
  if (!figures) notFound();
  const titles = new Map(policies.map(({ slug, title }) => [slug, title]));
  const { quarters, overdueConditions, clauses, teams, hasMoreTeams } = figures;
  return (
    <PortalPage actor={actor}>
      <Stack gap="section">
        <Stack>
          <BackLink href="/exceptions/register">Register of exceptions</BackLink>
          <PageHeading>Figures of exceptions</PageHeading>
          <p>{conditionsInWords(overdueConditions)}</p>
          <PrintHint />
        </Stack>
        <QuarterTable quarters={quarters} />
        <ClauseFigures clauses={clauses} titles={titles} />
        <TeamFigures teams={teams} hasMore={hasMoreTeams} />
      </Stack>
    </PortalPage>
  );
}

function conditionsInWords(overdue: number): string {
  if (overdue === 0) return "No condition of an exception in force is overdue.";
  return overdue === 1
    ? "1 condition of an exception in force is overdue."
    : `${overdue} conditions of exceptions in force are overdue.`;
}
