import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ListSearch, NOTHING_FOUND } from "#app/_portal/list-search.tsx";
import { BY_NAME, PageLinks } from "#app/_portal/page-links.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { BackLink } from "#app/_ui/back-link.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { readPageCursor, readSearchText } from "#domain/base/list/page.ts";
import { getDirectoryTeams } from "#server/people/directory/queries.ts";
import { requireActor } from "#server/access/identity/session.ts";

export const metadata: Metadata = { title: "Teams" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The teams of the administrator's body, each with its manager. */
export default async function TeamsPage({ searchParams }: Props) {
  const actor = await requireActor();
  const query = await searchParams;
  const text = readSearchText(query);
  const teams = await getDirectoryTeams(actor, text, readPageCursor(query));
  if (!teams) notFound();
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <Stack>
          <BackLink href="/admin/people">People</BackLink>
          <PageHeading>Teams</PageHeading>
          <p>
            The manager of a team is the line manager of everybody in it who has no other line manager in the directory.
            A team is made when somebody is put into it.
          </p>
        </Stack>
        <ListSearch path="/admin/people/teams" label="Name of the team" text={text} page={teams} />
        <DataTable
          caption="Teams, by name"
          captionHidden
          columns={{
            Team: ({ id, name }) => <Link href={`/admin/people/teams/${id}`}>{name}</Link>,
            Manager: ({ manager }) => (manager ? `${manager.name}${manager.hasLeft ? " (has left)" : ""}` : "None"),
            People: {
              numeric: true,
              cell: ({ id, people }) => (people === 0 ? 0 : <Link href={`/admin/people?team=${id}`}>{people}</Link>),
            },
          }}
          rows={teams.rows}
          empty={
            text
              ? NOTHING_FOUND
              : "There are no teams yet. Import a list of people, or name a team where you add a person."
          }
        />
        <PageLinks
          label="Pages of the teams"
          page={teams}
          path="/admin/people/teams"
          filters={text ? [["q", text]] : []}
          words={BY_NAME}
        />
      </Stack>
    </PortalPage>
  );
}
