import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { getTeamReport } from "#server/policy/acknowledgement/report-queries.ts";
import { listTeamExceptions } from "#server/policy/exception/queries.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { listPolicies } from "#server/policy/policy/queries.ts";
import { TeamAnswers } from "./team-answers.tsx";
import { TeamExceptions } from "./team-exceptions.tsx";

export const metadata: Metadata = { title: "Your team" };

/** What the people whom one manages have answered, and the exceptions they asked for. For line managers. */
export default async function TeamPage() {
  const actor = await requireActor();
  const [report, exceptions] = await Promise.all([getTeamReport(actor), listTeamExceptions(actor)]);
  if (!report || !exceptions) notFound();
  const titles = new Map((await listPolicies(actor)).map(({ slug, title }) => [slug, title]));
  const names = report.teams.map(({ name }) => name).join(", ");
  const hasPeople = report.policies.some(({ members }) => members.length > 0);
  return (
    <PortalPage actor={actor}>
      <Stack gap="section">
        <PageHeading kicker={names || undefined}>Your team</PageHeading>
        {report.teams.length === 0 && (
          <p>
            Nobody is yours to manage yet. Ask an administrator to enter you as somebody&apos;s line manager, or as the
            manager of a team.
          </p>
        )}
        {report.teams.length > 0 && !hasPeople && <p>There is nobody in your team, or no policy to answer yet.</p>}
        {hasPeople &&
          report.policies.map(({ policy, members }) => (
            <TeamAnswers
              key={policy.slug}
              policy={policy}
              members={members}
              teams={report.teams.filter(({ id }) => members.some(({ team }) => team.id === id))}
            />
          ))}
        {hasPeople && (
          <p className="no-print">
            <Link href="/team/acknowledgements.csv">Save all answers as a table (CSV)</Link>
          </p>
        )}
        {report.teams.length > 0 && <TeamExceptions entries={exceptions} titles={titles} />}
        {report.teams.length > 0 && (
          <p className="no-print">
            <Link href="/decisions">Results that your team shares with you</Link>
          </p>
        )}
      </Stack>
    </PortalPage>
  );
}
