import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { BY_NAME, PageLinks } from "#app/_portal/page-links.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { readPageCursor } from "#domain/base/list/page.ts";
import { getTeamReport, MOST_TEAMS_NAMED } from "#server/policy/acknowledgement/report-queries.ts";
import { listTeamExceptions } from "#server/policy/exception/queries.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { listPolicies } from "#server/policy/policy/queries.ts";
import { PolicyPills } from "../policy-pills.tsx";
import { TeamAnswers } from "./team-answers.tsx";
import { TeamExceptions } from "./team-exceptions.tsx";

export const metadata: Metadata = { title: "Your team" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** What the people the reader manages have answered, and the exceptions they asked for. For line managers. */
export default async function TeamPage({ searchParams }: Props) {
  const actor = await requireActor();
  const query = await searchParams;
  const slug = [query["policy"] ?? []].flat().at(-1);
  const [report, exceptions] = await Promise.all([
    getTeamReport(actor, { ...(slug !== undefined && { slug }), cursor: readPageCursor(query) }),
    listTeamExceptions(actor),
  ]);
  if (!report || !exceptions) notFound();
  const titles = new Map((await listPolicies(actor)).map(({ slug: of, title }) => [of, title]));
  const { teams, people, policies, answers } = report;
  const names = teams.slice(0, MOST_TEAMS_NAMED).map(({ name }) => name);
  const kicker = [...names, ...(teams.length > names.length ? ["and others"] : [])].join(", ");
  const hasPeople = people.rows.length > 0 && answers.length > 0;
  const [only] = answers;
  return (
    <PortalPage actor={actor}>
      <Stack gap="section">
        <PageHeading kicker={kicker || undefined}>Your team</PageHeading>
        {teams.length === 0 && (
          <p>
            Nobody is yours to manage yet. Ask an administrator to enter you as somebody&apos;s line manager, or as the
            manager of a team.
          </p>
        )}
        {teams.length > 0 && !hasPeople && <p>There is nobody in your team, or no policy to answer yet.</p>}
        {hasPeople && only && answers.length < policies.length && (
          <PolicyPills path="/team" policies={policies} chosen={only.policy.slug} />
        )}
        {hasPeople &&
          answers.map(({ policy, members }) => <TeamAnswers key={policy.slug} policy={policy} members={members} />)}
        <PageLinks
          label="Pages of your people"
          page={people}
          path="/team"
          filters={slug === undefined ? [] : [["policy", slug]]}
          words={BY_NAME}
        />
        {hasPeople && (
          <p className="no-print">
            <Link href="/team/acknowledgements.csv">Save all answers as a table (CSV)</Link>
          </p>
        )}
        {teams.length > 0 && <TeamExceptions entries={exceptions} titles={titles} />}
        {teams.length > 0 && (
          <p className="no-print">
            <Link href="/decisions">Results that your team shares with you</Link>
          </p>
        )}
      </Stack>
    </PortalPage>
  );
}
